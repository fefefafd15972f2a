// lost_at_exit_fixed.c - a result that is written before the process ends
// Run:    make run-lost_at_exit_fixed | cat
// Expect: one line, wherever it goes
// Why:    fflush writes what stdout keeps; nothing is left in memory to lose
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    printf("result 42\n"); // [end]
    fflush(stdout);
    _exit(0);
}
