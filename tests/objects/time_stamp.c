// refused: plain C
unsigned long lab(void)
{
    return __builtin_ia32_rdtsc();
}
