// refused: jumps to a place
void lab(void *where)
{
    goto *where;
}
