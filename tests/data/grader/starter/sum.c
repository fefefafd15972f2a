// sum.c - two small functions
#include "sum.h"

long add(long a, long b)
{
    (void)a;
    (void)b;
    return -1;
}

long number_in(const char *path)
{
    (void)path;
    return -1;
}
