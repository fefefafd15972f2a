// refused: unusual kind
__attribute__((weak)) void lab(void)
{
}
