// refused: through a pointer
void lab(void)
{
    ((void (*)(void))0x401000)();
}
