// halves.c - dividing two whole numbers gives a whole number
// Run:    make run-halves
// Expect: 7 / 2 is 3, -7 / 2 is -3, and only 7 / 2.0 keeps the half
// Why:    the types of the operands choose the division; int drops the fraction
#include <stdio.h>

#include "runtime/fact.h"

int main(void) // [halves]
{
    int half = 7 / 2;
    int negative_half = -7 / 2;

    printf("7 / 2   = %d\n", half);
    printf("-7 / 2  = %d\n", negative_half);
    printf("7 / 2.0 = %.1f\n", 7 / 2.0);

    fact("half", half);
    fact("negative_half", negative_half);
    return 0;
}
