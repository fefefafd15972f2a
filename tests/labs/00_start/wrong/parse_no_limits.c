// refused by: parse_long_knows_the_limits_of_a_long
// Does not ask whether strtol had to cut the number.
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
    if (end == text || *end != '\0')
        return false;
    *number = value;
    return true;
}
