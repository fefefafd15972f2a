// refused: writes to memory
// The attribute that takes the hooks away.
__attribute__((no_sanitize("thread"))) void lab(int *anywhere)
{
    *anywhere = 1;
}
