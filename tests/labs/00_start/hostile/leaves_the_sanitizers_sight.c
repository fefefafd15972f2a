// Reads behind the last number in a function that no sanitizer looks at.
#include "start.h"

int twice(int n)
{
    return 2 * n;
}

__attribute__((no_sanitize("address", "undefined"))) long
sum(const int *numbers, int count)
{
    volatile int last = 0;
    long total = 0;

    for (int i = 0; i <= count; i++) {
        total += last;
        last = numbers[i];
    }
    return total;
}

bool parse_long(const char *text, long *number)
{
    return text == (const char *)number;
}
