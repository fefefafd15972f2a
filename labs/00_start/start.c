// start.c - your first lab: three functions, from one line to one man page
//
// Grade it:  ./telar check 00        One more hint:  ./telar hint 00
// By hand, in this folder:
//     gcc -Wall -Wextra -g -fsanitize=address,undefined start.c -o start
//     ./start
#include <stdio.h>

#include "start.h"

// ---- Basic ----

int twice(int n)
{
    return n; // wrong: must be twice n
}

// ---- Intermediate ----

// Two bugs: the compiler sees one, a sanitizer the other.
long sum(const int *numbers, int count)
{
    long total = 0;

    if (count = 0)
        return 0;
    for (int i = 0; i <= count; i++)
        total += numbers[i];
    return total;
}

// ---- Advanced ----

bool parse_long(const char *text, long *number)
{
    // Read "man 3 strtol" first. Then put your code in place of these lines.
    (void)text;
    (void)number;
    return false;
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
