// two_buffers.c - what a killed process had said, and what it only had printed
// Run:    make run-two_buffers
// Expect: 9 bytes arrive of the 18: those that the kernel had
// Why:    the buffer of stdio is memory of the process and dies with it; what
//         write handed over is the kernel's, in the pipe
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static void child(int end)
{
    FILE *out = MUST(fdopen(end, "w"));
    int in_kernel;

    MUST(write(end, "by write\n", 9)); // [child]
    fputs("by fputs\n", out);
    MUST(ioctl(end, FIONREAD, &in_kernel));
    fact("in_process_bytes", (long long)__fpending(out));
    fact("in_kernel_bytes", in_kernel);
    raise(SIGKILL);
}

int main(void)
{
    char text[100];
    int ends[2];

    MUST(pipe(ends));
    if (MUST(fork()) == 0)
        child(ends[1]);
    MUST(close(ends[1]));
    MUST(wait(NULL));

    long got = MUST(read(ends[0], text, sizeof text));
    printf("%ld bytes arrived: %.*s", got, (int)got, text);
    fact("arrived_bytes", got);
    return 0;
}
