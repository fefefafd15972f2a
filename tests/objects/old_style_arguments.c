// refused: writes to memory
// A function that was given no arguments writes to them: to its caller's frame.
long target(a, b, c, d, e, f, g, h)
long a, b, c, d, e, f, g, h;
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
    g = 1;
    h = 2;
    return g + h;
}

long other();

long lab(void)
{
    return ((long (*)())target)();
}
