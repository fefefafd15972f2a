// expect: defines main
int main(void)
{
    return 42;
}
