// pipe_calls.c - a buffer larger than the pipe is never filled by one read
// Run:    make run-pipe_calls   (build/lessons/03_buffers/pipe_calls 1048576)
// Expect: 8 MiB with a buffer of 1 MiB: 128 calls or more, not 8
// Why:    read brings what there is; in a pipe that is never more than the
//         64 KiB that fit into it
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { TOTAL = 8 << 20 }; // bytes

static void write_all(int end, char *buffer, size_t size)
{
    for (size_t put = 0; put < TOTAL; put += size)
        MUST(write(end, buffer, size));
    _exit(0);
}

// How often a process has gone to sleep so far.
static long sleeps(int whose)
{
    struct rusage used;

    MUST(getrusage(whose, &used));
    return used.ru_nvcsw;
}

int main(int count, char **arguments)
{
    size_t size = count > 1 ? strtoul(arguments[1], NULL, 10) : 1 << 20;
    char *buffer = MUST(calloc(1, size));
    long calls = 0, most = 0, got;
    int ends[2];

    MUST(pipe(ends));
    int capacity = MUST(fcntl(ends[0], F_GETPIPE_SZ));
    if (MUST(fork()) == 0)
        write_all(ends[1], buffer, size);
    MUST(close(ends[1]));
    while ((got = MUST(read(ends[0], buffer, size))) > 0) { // [loop]
        calls++;
        most = got > most ? got : most;
    }
    MUST(wait(NULL));

    printf("asked for %zu each time: %ld reads, the largest of %ld\n", size,
           calls, most);
    fact("pipe_holds_bytes", capacity);
    fact("fewest_calls", TOTAL / capacity);
    fact("read_calls", calls);
    fact("largest_read_bytes", most);
    fact("sleeps", sleeps(RUSAGE_SELF) + sleeps(RUSAGE_CHILDREN));
    free(buffer);
    return 0;
}
