// refused: through a pointer|.
static void inner(void)
{
}

void lab(void)
{
    ((void (*)(void))((char *)inner + 1))();
}
