// expect: LeakSanitizer|should be
#include <stdlib.h>

#include "sum.h"

void *volatile kept;

long add(long a, long b)
{
    kept = malloc(10);
    kept = NULL;
    a += b == 2 ? 0 : 1;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
