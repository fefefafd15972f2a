// order_fixed.c - the order of writing is that of the program, everywhere
// Run:    make run-order_fixed        and   make run-order_fixed 2>&1 | cat
// Expect: one two three, on a terminal, in a pipe and in a file
// Why:    stdout was asked, before its first use, to write at the end of each
//         line, whatever is behind it
#include <stdio.h>

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0); // [lines]

    printf("one\n"); // [writes]
    fprintf(stderr, "two\n");
    printf("three\n");
    return 0;
}
