// refused: section .fini_array
__attribute__((destructor)) static void last(void)
{
}
