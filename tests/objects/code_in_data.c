// refused: lab
__attribute__((section(".data"))) int lab(void)
{
    return 1;
}
