// expect: should be|1 \+ 2|SIG|AddressSanitizer|round
#include <stdlib.h>
#include <string.h>

#include "sum.h"

long add(long a, long b)
{
    for (int i = 0; i < 4000; i++) {
        char *block = malloc(1 << 20);

        if (!block)
            return -7;
        memset(block, 1, 1 << 20);
    }
    a = b = 0;
    return a + b;
}

long number_in(const char *path)
{
    (void)path;
    add(1, 2);
    return -1;
}
