// odometer.c - one byte counts to 255 and starts again
// Run:    make run-odometer
// Expect: 253 254 255 0 1
// Why:    C keeps the low 8 bits of an unsigned char, like a car's odometer
#include <stdio.h>

#include "runtime/fact.h"

int main(void) // [odometer]
{
    unsigned char count = 253;

    while (count != 1) {
        printf("%d ", count);
        if (count++ == 255)
            fact("after_255", count);
    }
    printf("%d\n", count);
    return 0;
}
