// stdio_modes.c - the same 1000 lines, and the write calls of each mode
// Run:    make run-stdio_modes
// Expect: 2000 calls unbuffered, 1000 by lines, 3 with a full buffer of 4096
// Why:    stdio gathers what you print, and the mode says when it lets go: at
//         once, at the end of each line, or when the buffer is full
#include <stdio.h>

#include "lessons/03_buffers/io_calls.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { LINES = 1000, BUFFER = 4096 };

// Prints the lines into a file with this mode; returns the write calls made.
static long print_lines(int mode)
{
    FILE *out = MUST(tmpfile());
    static char buffer[BUFFER];

    setvbuf(out, buffer, mode, sizeof buffer);
    long before = write_calls();
    for (int i = 0; i < LINES; i++) { // [print]
        fputs("line ", out);
        fputs("0042\n", out);
    }
    fflush(out);
    long calls = write_calls() - before;
    fclose(out);
    return calls;
}

int main(void)
{
    long none = print_lines(_IONBF);
    long line = print_lines(_IOLBF);
    long full = print_lines(_IOFBF);

    printf("_IONBF, no buffer:      %5ld write calls\n", none);
    printf("_IOLBF, line by line:   %5ld\n", line);
    printf("_IOFBF, a full buffer:  %5ld\n", full);
    fact("lines", LINES);
    fact("none_calls", none);
    fact("line_calls", line);
    fact("full_calls", full);
    return 0;
}
