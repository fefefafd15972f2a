// refused: .
__attribute__((target("fsgsbase"))) void lab(unsigned long base)
{
    __builtin_ia32_wrfsbase64(base);
}
