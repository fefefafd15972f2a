// refused: outside of functions
static int shared;

__attribute__((optimize("O2"))) void lab(void)
{
    shared++;
}
