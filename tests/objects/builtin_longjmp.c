// refused: .
static void *out[5];

void lab(void)
{
    if (__builtin_setjmp(out) == 0)
        __builtin_longjmp(out, 1);
}
