// refused: stack grows
void lab(int i)
{
    char room[1 << 30];

    room[i] = 1;
}
