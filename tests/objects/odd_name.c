// refused: unusual kind
void lab(void) __asm__("a$b");

void lab(void)
{
}
