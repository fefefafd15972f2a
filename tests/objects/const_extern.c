// refused: uses shared
// Another file's variable, declared const so that reading it is not announced.
extern const int shared;

int lab(void)
{
    return shared;
}
