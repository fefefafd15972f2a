// refused: _Thread_local
static _Thread_local int mine;

int lab(void)
{
    return mine++;
}
