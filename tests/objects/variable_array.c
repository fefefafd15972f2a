// refused: stack grows
void lab(int size)
{
    int room[size];

    room[0] = 1;
}
