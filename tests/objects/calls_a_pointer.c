// refused: through a pointer
void lab(void (*what)(void))
{
    what();
}
