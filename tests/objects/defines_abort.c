// refused: name that is taken
void abort(void)
{
    for (;;)
        ;
}
