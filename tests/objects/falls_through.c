// refused: return as functions do
void lab(int x)
{
    if (x)
        return;
    __builtin_unreachable();
}
