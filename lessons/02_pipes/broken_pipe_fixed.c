// broken_pipe_fixed.c - a writer whose reader has gone is told so by write
// Run:    make run-broken_pipe_fixed
// Expect: write returned -1: Broken pipe
// Why:    the signal is ignored, so write comes back, with -1 and the reason
//         EPIPE, and the program decides what to do
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

int main(void)
{
    int ends[2];

    signal(SIGPIPE, SIG_IGN); // [choice]
    MUST(pipe(ends));
    MUST(close(ends[0])); // the last read end

    int wrote = (int)write(ends[1], "hello", 5); // [write]
    int reason = errno;
    printf("write returned %d: %s\n", wrote, strerror(reason));
    fact("write_returned", wrote);
    fact("broken_pipe_error", reason == EPIPE);
    return 0;
}
