// expect: out of memory|Killed|error
#include "/dev/zero"

#include "sum.h"

long add(long a, long b)
{
    a = 0;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
