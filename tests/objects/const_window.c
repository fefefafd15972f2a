// refused: const
// A constant array as a window on all memory: gcc announces no read of it.
static const long window[2] = {1, 2};

long lab(long distance)
{
    return window[distance];
}
