// refused: outside of functions
#pragma GCC optimize("O3")
#include <string.h>

void lab(char *anywhere, int size)
{
    memset(anywhere, 0, 64);
    for (int i = 0; i < size; i++)
        anywhere[i] += 3;
}
