// refused: jumps|plain C|outside
// An instruction within another one, and a jump into its middle.
void lab(void)
{
    __asm__ volatile("jmp . + 3\n .byte 0xb8, 0x0f, 0x05, 0x90, 0x90");
}
