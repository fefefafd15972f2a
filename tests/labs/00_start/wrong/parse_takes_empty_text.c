// refused by: parse_long_refuses_other_text
// In "" the end is reached at once: nothing follows, and there are no digits.
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
    value = strtol(text, &end, 10);
    if (*end != '\0' || errno == ERANGE)
        return false;
    *number = value;
    return true;
}
