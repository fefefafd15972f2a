// refused: writes to memory|reads memory
static int shared;

__attribute__((no_sanitize("thread"))) void lab(void)
{
    shared++;
}
