// two_outputs.c - results leave by one descriptor, complaints by another
// Run:    make run-two_outputs        and   make run-two_outputs 2>/dev/null
// Expect: three lines on the screen; without descriptor 2, two of them
// Why:    stdout is descriptor 1 and stderr is descriptor 2: two ways out
#include <stdio.h>

#include "runtime/fact.h"

int main(void)
{
    printf("total 7\n"); // [say]
    fprintf(stderr, "line 2 is not a number\n");
    printf("total 35\n");

    fact("stdout_descriptor", fileno(stdout));
    fact("stderr_descriptor", fileno(stderr));
    return 0;
}
