// expect: sum.c:8:5: error
// a name that nobody declared

#include "sum.h"

long add(long a, long b)
{
    undeclared = 1;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
