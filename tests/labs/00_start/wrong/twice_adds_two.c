// refused by: twice_doubles_its_number
// Right for 2 only.
#include <errno.h>
#include <stdlib.h>

#include "start.h"

int twice(int n)
{
    return n + 2;
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
    if (end == text || *end != '\0' || errno == ERANGE)
        return false;
    *number = value;
    return true;
}
