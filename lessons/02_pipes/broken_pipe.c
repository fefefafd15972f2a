// broken_pipe.c - a writer whose reader has gone is killed by a signal
// Run:    make run-broken_pipe
// Expect: no line of output; the shell says status 141, that is 128 + 13
// Why:    a write that nobody can ever read brings SIGPIPE, whose default is
//         to end the process
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

    signal(SIGPIPE, SIG_DFL); // [choice]
    MUST(pipe(ends));
    MUST(close(ends[0])); // the last read end

    int wrote = (int)write(ends[1], "hello", 5); // [write]
    int reason = errno;
    printf("write returned %d: %s\n", wrote, strerror(reason));
    fact("write_returned", wrote);
    fact("broken_pipe_error", reason == EPIPE);
    return 0;
}
