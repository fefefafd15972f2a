// refused: plain C does not need
// A system call of its own, to the descriptor that the engine reports on.
void lab(const char *text)
{
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(1), "D"(198), "S"(text), "d"(4)
                     : "rcx", "r11", "memory");
}
