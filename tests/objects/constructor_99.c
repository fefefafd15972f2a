// refused: before main
// In the section of gcc's own constructor.
__attribute__((constructor(99))) static void first(void)
{
}
