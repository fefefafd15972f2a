// doubled.c - one printf, one fork, and the line comes out twice
// Run:    make run-doubled        and   make run-doubled | cat
// Expect: one line on a terminal; two in a pipe or a file
// Why:    fork copies the memory, and with it what stdout keeps; each of the
//         two processes writes its copy when it ends
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"

int main(void)
{
    printf("before the fork\n"); // [fork]
    // whatever stdout keeps is copied
    if (MUST(fork()) > 0)
        MUST(wait(NULL));
    return 0;
}
