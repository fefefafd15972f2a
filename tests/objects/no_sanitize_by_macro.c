// refused: writes to memory
#define PASTE(a, b) a##b
#define QUIETLY                                                                \
    __attribute__((PASTE(no_, sanitize)("thr"                                  \
                                        "ead")))

QUIETLY void lab(int *anywhere)
{
    anywhere[3] = 1;
}
