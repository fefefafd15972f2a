// refused: before main
__attribute__((constructor)) static void first(void)
{
}
