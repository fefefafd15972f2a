// order.c - the order of writing depends on where stdout leads
// Run:    make run-order        and   make run-order 2>&1 | cat
// Expect: one two three on a terminal; two one three in a pipe or a file
// Why:    stderr writes at once; stdout keeps what it has until a line is
//         complete (terminal), or until its buffer is full or closed
#include <stdio.h>

int main(void)
{
    // stdout is left as it was found

    printf("one\n"); // [writes]
    fprintf(stderr, "two\n");
    printf("three\n");
    return 0;
}
