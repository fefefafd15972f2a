// refused: stack grows|plain C
void lab(char *anywhere)
{
    register char *stack __asm__("rsp");

    stack = anywhere;
}
