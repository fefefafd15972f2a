// refused: code outside of functions
// Code that belongs to no function.
__asm__(".text\nsneak: movl $60, %eax\nsyscall\n");

void lab(void)
{
}
