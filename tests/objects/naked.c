// refused: does not begin
__attribute__((naked)) void lab(void)
{
    __asm__("xor %edi, %edi; mov $60, %eax; syscall");
}
