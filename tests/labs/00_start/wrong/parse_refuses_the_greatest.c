// refused by: parse_long_knows_the_limits_of_a_long
// Takes LONG_MAX itself for an overflow: only errno tells the two apart.
#include <limits.h>
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
    char *end;
    long value;

    value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || value == LONG_MAX || value == LONG_MIN)
        return false;
    *number = value;
    return true;
}
