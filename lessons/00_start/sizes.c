// sizes.c - every type has a size, and the size sets a limit
// Run:    make run-sizes
// Expect: on 64-bit Linux an int has 4 bytes and ends at 2147483647
// Why:    the compiler reserves the bytes before it knows any value
#include <limits.h>
#include <stdio.h>

#include "runtime/fact.h"

int main(void) // [sizes]
{
    long long people = 8000000000;

    printf("char   %zu byte\n", sizeof(char));
    printf("int    %zu bytes, up to %d\n", sizeof(int), INT_MAX);
    printf("long   %zu bytes, up to %ld\n", sizeof(long), LONG_MAX);
    printf("double %zu bytes\n", sizeof(double));

    fact("int_bytes", sizeof(int));
    fact("people_fit_in_int", people <= INT_MAX);
    return 0;
}
