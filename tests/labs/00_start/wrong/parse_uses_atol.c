// refused by: parse_long_refuses_other_text
// atol has no way to say that it failed.
#include <stdlib.h>

#include "start.h"

int twice(int n)
{
    return 2 * n;
}

long sum(const int *numbers, int count)
{
    long total = 0;

    for (int i = 0; i < count; i++)
        total += numbers[i];
    return total;
}

bool parse_long(const char *text, long *number)
{
    *number = atol(text);
    return true;
}
