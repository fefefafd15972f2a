// refused: .
int use(int (*f)(int));

int lab(int x)
{
    int add(int y)
    {
        return x + y;
    }

    return add(1) + (add != 0);
}
