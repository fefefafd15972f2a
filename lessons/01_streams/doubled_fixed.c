// doubled_fixed.c - nothing waits in stdout at the fork, so nothing is doubled
// Run:    make run-doubled_fixed | cat
// Expect: one line, wherever it goes
// Why:    fflush writes the line before the memory is copied: both processes
//         have an empty buffer
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"

int main(void)
{
    printf("before the fork\n"); // [fork]
    fflush(stdout);
    if (MUST(fork()) > 0)
        MUST(wait(NULL));
    return 0;
}
