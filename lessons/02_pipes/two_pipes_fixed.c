// two_pipes_fixed.c - poll waits for both pipes, so nobody waits for ever
// Run:    make run-two_pipes_fixed
// Expect: deadlock 0: 4 bytes from stdout and 200000 from stderr
// Why:    the parent sleeps until any of the two pipes has something, and takes
//         it; so the child always finds room, whichever it writes to first
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/02_pipes/asleep.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { OUT, ERR, ERRORS = 200000 }; // bytes of errors, more than fit

static struct pollfd ends[2]; // the read ends; fd is -1 after the end of file
static int received[2];       // bytes from each
static pid_t child;

static void start_child(void)
{
    static const char errors[ERRORS];
    int out[2], err[2];

    MUST(pipe(out));
    MUST(pipe(err));
    child = MUST(fork());
    if (child == 0) {
        MUST(write(err[1], errors, ERRORS)); // [child]
        MUST(write(out[1], "done", 4));
        _exit(0);
    }
    MUST(close(out[1]));
    MUST(close(err[1]));
    ends[OUT] = (struct pollfd){.fd = out[0], .events = POLLIN};
    ends[ERR] = (struct pollfd){.fd = err[0], .events = POLLIN};
}

static void take(struct pollfd *end)
{
    char buffer[4096];
    int got = (int)MUST(read(end->fd, buffer, sizeof buffer)); // [take]
    received[end - ends] += got;
    if (got == 0)
        end->fd = -1; // poll takes no notice of it from now on
}

// Reads this end and, if count is 2, the next one too, until both are at their
// end of file. Returns false when neither side can ever move again.
static bool read_to_end(struct pollfd *end, nfds_t count)
{
    while (end[0].fd >= 0 || end[count - 1].fd >= 0) {
        bool stuck = writer_blocked(child, ends[ERR].fd); // [loop]
        if (MUST(poll(end, count, 100)) == 0 && stuck)
            return false;
        for (nfds_t i = 0; i < count; i++)
            if (end[i].revents != 0)
                take(&end[i]);
    }
    return true;
}

int main(void)
{
    start_child();
    bool good = read_to_end(&ends[OUT], 2); // [read]

    int waiting = good ? 0 : bytes_waiting(ends[ERR].fd);

    printf("deadlock %d, received %d + %d, waiting in stderr %d\n", !good,
           received[OUT], received[ERR], waiting);
    fact("deadlock", !good);
    fact("received_out_bytes", received[OUT]);
    fact("received_err_bytes", received[ERR]);
    fact("waiting_bytes", waiting);
    kill(child, SIGKILL); // in a deadlock it would sleep for ever
    MUST(wait(NULL));
    return 0;
}
