// forgotten_end_fixed.c - the parent closes its write end, and the end comes
// Run:    make run-forgotten_end_fixed
// Expect: "5 bytes", and then "end of file"
// Why:    when the child has ended too, no process holds the write end, and
//         read says so: it returns 0
#include <stdio.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

int main(void)
{
    int ends[2], got;
    char buffer[4096];

    MUST(pipe(ends)); // [pipe]
    if (MUST(fork()) == 0) {
        MUST(write(ends[1], "hello", 5));
        _exit(0);
    }
    MUST(close(ends[1]));

    while ((got = (int)MUST(read(ends[0], buffer, sizeof buffer))) > 0)
        dprintf(STDOUT_FILENO, "%d bytes\n", got);
    dprintf(STDOUT_FILENO, "end of file\n"); // [end]
    fact("end_of_file", got == 0);
    return 0;
}
