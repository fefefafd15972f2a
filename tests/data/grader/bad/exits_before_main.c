// expect: before anything was asked.*exit status 0
#include <unistd.h>

#include "sum.h"

__attribute__((constructor)) static void leave(void)
{
    _exit(0);
}

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
