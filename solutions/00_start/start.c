// start.c - your first lab: three functions, from one line to one man page
//
// Grade it:  ./telar check 00        One more hint:  ./telar hint 00
// By hand, in this folder:
//     gcc -Wall -Wextra -g -fsanitize=address,undefined start.c -o start
//     ./start
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "start.h"

// ---- Basic ----

int twice(int n)
{
    return 2 * n;
}

// ---- Intermediate ----

long sum(const int *numbers, int count)
{
    long total = 0;

    for (int i = 0; i < count; i++)
        total += numbers[i];
    return total;
}

// ---- Advanced ----

bool parse_long(const char *text, long *number)
{
    char *end;
    long value;

    errno = 0; // strtol sets it on failure and never clears it
    value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || errno == ERANGE)
        return false;
    *number = value;
    return true;
}

// Change main as you like: the grader calls the functions above by itself.
int main(void)
{
    int numbers[] = {1, 2, 3};
    long number = 0;

    printf("twice(21) = %d\n", twice(21));
    printf("sum of 1, 2 and 3 = %ld\n", sum(numbers, 3));
    if (parse_long("42", &number))
        printf("parse_long(\"42\") stored %ld\n", number);
    else
        printf("parse_long(\"42\") refused it\n");
    return 0;
}
