// expect: should be|1 \+ 2|round and round|a child is left|SIG
#include <unistd.h>

#include "sum.h"

long add(long a, long b)
{
    for (;;)
        if (fork() < 0)
            return 0 * a;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
