// expect: printed more than 64 MiB
#include <stdio.h>

#include "sum.h"

long add(long a, long b)
{
    for (int i = 0; i < 1 << 20; i++)
        printf("%01023d\n", i);
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
