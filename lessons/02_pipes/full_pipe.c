// full_pipe.c - a child writes more than fits, and sleeps until someone reads
// Run:    make run-full_pipe
// Expect: the child asleep with 65536 bytes in the pipe; 100000 arrive
// Why:    write does not fail and loses nothing: it waits for room
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/02_pipes/asleep.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { MESSAGE = 100000 }; // bytes, more than the pipe holds

static void child(int end)
{
    static const char message[MESSAGE]; // [child]
    _exit(write(end, message, MESSAGE) == MESSAGE ? 0 : 1);
}

// Reads to the end of file; returns the number of bytes.
static int count_all(int end)
{
    char buffer[4096];
    int total = 0, got;

    while ((got = (int)MUST(read(end, buffer, sizeof buffer))) > 0)
        total += got;
    return total;
}

int main(void)
{
    int ends[2], status;

    MUST(pipe(ends));
    pid_t pid = MUST(fork());
    if (pid == 0)
        child(ends[1]);
    MUST(close(ends[1]));

    while (!writer_blocked(pid, ends[0])) // [watch]
        look_again();
    int waiting = bytes_waiting(ends[0]);
    int received = count_all(ends[0]);
    MUST(waitpid(pid, &status, 0));

    printf("%d bytes and the child asleep; then %d received\n", waiting,
           received);
    fact("wanted_bytes", MESSAGE);
    fact("waiting_bytes", waiting);
    fact("received_bytes", received);
    fact("child_wrote_all", WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return 0;
}
