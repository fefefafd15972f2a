// refused: name that is taken
void weave_done(void)
{
}
