// what_waits.c - how many printed bytes are still inside the process
// Run:    make run-what_waits        and   make run-what_waits | cat
// Expect: terminal: 3, then 0; pipe and file: 3, then 4, then 0; stderr: 0
// Why:    a terminal's stdout is written at each end of line, any other when
//         its buffer is full, stderr at once
#include <stdio.h>
#include <stdio_ext.h>

#include "runtime/fact.h"

static void waiting(const char *name, FILE *stream)
{
    fact(name, (long long)__fpending(stream));
}

int main(void)
{
    printf("one"); // [waits]
    waiting("word", stdout);
    printf("\n");
    waiting("line", stdout);
    fflush(stdout);
    waiting("flush", stdout);
    fprintf(stderr, "two");
    waiting("stderr_word", stderr);
    return 0;
}
