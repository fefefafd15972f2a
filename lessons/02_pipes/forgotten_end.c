// forgotten_end.c - the parent waits for ever for an end that cannot come
// Run:    make run-forgotten_end   (Ctrl-C ends it)
// Expect: "5 bytes", and then nothing more: it hangs
// Why:    end of file means that no process holds the write end any more, and
//         the parent itself still holds one
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
    // from here on the parent only reads

    while ((got = (int)MUST(read(ends[0], buffer, sizeof buffer))) > 0)
        dprintf(STDOUT_FILENO, "%d bytes\n", got);
    dprintf(STDOUT_FILENO, "end of file\n"); // [end]
    fact("end_of_file", got == 0);
    return 0;
}
