// hang.c - has a child, says who both are, and never ends
// Run:    hang
#include <stdio.h>
#include <unistd.h>

#include "runtime/must.h"

int main(void)
{
    pid_t child = MUST(fork());

    if (child != 0) {
        printf("%d\n%d\n", (int)getpid(), (int)child);
        fflush(stdout);
    }
    for (;;)
        pause();
}
