// refused: whole struct
// The function that gives a struct back writes it through a pointer that gcc
// announces to nobody.
struct big {
    long parts[20];
};

static struct big make(long x)
{
    struct big made;

    made.parts[0] = x;
    return made;
}

void lab(struct big *anywhere)
{
    *anywhere = make(1);
}
