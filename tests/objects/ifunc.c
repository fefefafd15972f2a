// refused: unusual kind
static void real(void)
{
}

static void (*choose(void))(void)
{
    return real;
}

void lab(void) __attribute__((ifunc("choose")));
