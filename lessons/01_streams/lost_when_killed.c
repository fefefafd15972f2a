// lost_when_killed.c - of a killed program, the warning arrives, not the result
// Run:    make run-lost_when_killed | cat
// Expect: the warning; in a pipe or a file not the result
// Why:    nobody runs any more who could write what stdout kept; stderr keeps
//         nothing
#include <signal.h>
#include <stdio.h>

int main(void)
{
    // stdout is left as it was found

    printf("result 42\n"); // [end]
    fprintf(stderr, "about to be killed\n");
    raise(SIGKILL);
}
