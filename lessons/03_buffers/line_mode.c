// line_mode.c - reading through stdio by single characters, in three modes
// Run:    make run-line_mode
// Expect: one call a byte unbuffered; by lines as few as with a full buffer
// Why:    who reads cannot know where a line ends before it has read it: "line"
//         is a rule for output, on input it takes a full buffer
#include <stdio.h>

#include "lessons/03_buffers/io_calls.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { LINES = 1000, LINE = 10, BUFFER = 4096 };

// Reads the lines from a file in this mode; returns the read calls made.
static long read_lines(int mode)
{
    FILE *file = MUST(tmpfile());
    static char buffer[BUFFER];

    for (int i = 0; i < LINES; i++)
        fputs("line 0042\n", file);
    rewind(file);
    setvbuf(file, buffer, mode, sizeof buffer); // [read]
    long before = read_calls();
    while (fgetc(file) != EOF)
        ;
    long calls = read_calls() - before;
    fclose(file);
    return calls;
}

int main(void)
{
    long none = read_lines(_IONBF);
    long line = read_lines(_IOLBF);
    long full = read_lines(_IOFBF);

    printf("%d bytes in %d lines, one character at a time\n", LINES * LINE,
           LINES);
    printf("_IONBF, no buffer:      %5ld read calls\n", none);
    printf("_IOLBF, line by line:   %5ld\n", line);
    printf("_IOFBF, a full buffer:  %5ld\n", full);
    fact("bytes", LINES * LINE);
    fact("lines", LINES);
    fact("none_calls", none);
    fact("line_calls", line);
    fact("full_calls", full);
    return 0;
}
