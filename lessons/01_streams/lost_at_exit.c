// lost_at_exit.c - a result that was printed, and never written
// Run:    make run-lost_at_exit        and   make run-lost_at_exit | cat
// Expect: one line on a terminal; not a byte in a pipe or a file
// Why:    exit and the end of main write what stdout keeps; _exit ends the
//         process as it is, with the result in its memory
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    printf("result 42\n"); // [end]
    // nobody writes what stdout keeps
    _exit(0);
}
