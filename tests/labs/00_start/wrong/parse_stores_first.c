// refused by: parse_long_leaves_the_number_alone
// Stores before it knows whether the text was a number.
#include <errno.h>
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

    errno = 0;
    *number = value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno == ERANGE)
        return false;
    return true;
}
