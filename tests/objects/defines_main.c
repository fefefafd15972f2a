// refused: name that is taken
int main(void)
{
    return 0;
}
