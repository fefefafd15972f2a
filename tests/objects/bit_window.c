// refused: memory where
// A struct of bits of which only one is announced.
struct bits {
    unsigned long first : 1;
    unsigned long rest : 63;
};

__attribute__((no_sanitize("thread"))) void lab(struct bits *anywhere, int n)
{
    anywhere[n].rest = 5;
}
