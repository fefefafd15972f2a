// capacity.c - how many bytes fit in a pipe that nobody reads
// Run:    make run-capacity
// Expect: 65536 bytes on most machines, and then EAGAIN
// Why:    the kernel gives a pipe 16 pages; when they are full, a write has to
//         wait, or says EAGAIN where it was asked not to wait
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

int main(void)
{
    int ends[2], filled = 0;

    MUST(pipe2(ends, O_NONBLOCK));
    int promised = MUST(fcntl(ends[1], F_GETPIPE_SZ));

    while (write(ends[1], "x", 1) == 1) // [fill]
        filled++;
    int reason = errno;

    printf("the kernel promises %d, %d went in, then: %s\n", promised, filled,
           strerror(reason));
    fact("promised_bytes", promised);
    fact("filled_bytes", filled);
    fact("would_block", reason == EAGAIN);
    return 0;
}
