// refused: plain C
__attribute__((no_sanitize("thread"))) void lab(int *anywhere)
{
    __atomic_fetch_add(anywhere, 1, __ATOMIC_SEQ_CST);
}
