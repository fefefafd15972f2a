// read_ahead.c - one line is read, and the pipe is empty
// Run:    make run-read_ahead
// Expect: 16 bytes in the pipe, 1 line read, 0 bytes left in it
// Why:    stdio takes all that there is into its own buffer; whoever reads the
//         same descriptor without that FILE finds nothing
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static int in_pipe(int end)
{
    int bytes;

    MUST(ioctl(end, FIONREAD, &bytes));
    return bytes;
}

int main(void)
{
    char line[100];
    int ends[2];

    MUST(pipe(ends));
    MUST(write(ends[1], "first\nnext\nlast\n", 16));
    int before = in_pipe(ends[0]);
    FILE *in = MUST(fdopen(ends[0], "r")); // [read]
    MUST(fgets(line, sizeof line, in));
    int after = in_pipe(ends[0]);

    printf("in the pipe %d, read %zu, left in the pipe %d\n", before,
           strlen(line), after);
    fact("before_bytes", before);
    fact("line_bytes", (long long)strlen(line));
    fact("left_bytes", after);
    return 0;
}
