// refused: .
void lab(void)
{
    __builtin_unwind_init();
    __builtin_unreachable();
}
