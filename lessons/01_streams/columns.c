// columns.c - a program that asks who is there, and writes accordingly
// Run:    make run-columns        and   make run-columns | cat
// Expect: one line on a terminal, four lines in a pipe or a file
// Why:    isatty says whether a terminal is behind a descriptor; ls does the
//         same, and so does the library before it chooses how to buffer stdout
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "runtime/fact.h"

int main(void)
{
    static const char *const names[] = {"north", "east", "south", "west"};
    bool person = isatty(STDOUT_FILENO); // [ask]
    const char *between = person ? "  " : "\n";

    for (int i = 0; i < 4; i++)
        printf("%s%s", names[i], i < 3 ? between : "\n");
    fact("is_terminal", person);
    return 0;
}
