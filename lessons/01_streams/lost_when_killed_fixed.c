// lost_when_killed_fixed.c - of a killed program, all complete lines arrive
// Run:    make run-lost_when_killed_fixed | cat
// Expect: the result and the warning, wherever they go
// Why:    each line was written as soon as it was complete, long before the
//         signal came
#include <signal.h>
#include <stdio.h>

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0); // [lines]

    printf("result 42\n"); // [end]
    fprintf(stderr, "about to be killed\n");
    raise(SIGKILL);
}
