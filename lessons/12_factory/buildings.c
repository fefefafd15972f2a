// buildings.c - a worker of the factory crashes: what is left of the two
//               buildings, and of the parts
// Run:    make run-buildings
// Expect: the factory is gone, with both workers and the 3 parts on its desk;
//         the dispatch packs the 5 that were in the pipe, and ends well
// Why:    threads share a process, and its end; a pipe belongs to the kernel
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { SENT = 5, ON_DESK = 3 };

static struct queue desk;
static int pipe_ends[2];

// A building of its own: takes parts until nobody can send any more.
static int dispatch(void)
{
    int part, packed = 0;

    MUST(close(pipe_ends[1]));
    while (MUST(read(pipe_ends[0], &part, sizeof part)) > 0) // [dispatch]
        packed++;
    printf("dispatch: %d parts packed\n", packed);
    fflush(stdout); // _exit does not
    fact("dispatched", packed);
    return 0;
}

static void *careful(void *unused)
{
    int part;

    for (;;) // would work for ever
        queue_get(&desk, &part);
    return unused;
}

static void *careless(void *unused)
{
    raise(SIGSEGV); // [crash]
    return unused;
}

static int factory(void)
{
    pthread_t first, second;

    queue_init(&desk, ON_DESK, "desk");
    for (int part = 1; part <= SENT; part++) // [send]
        MUST(write(pipe_ends[1], &part, sizeof part));
    MUST(pthread_mutex_lock(&desk.lock)); // so that nobody takes them
    for (int part = 1; part <= ON_DESK; part++)
        queue_append(&desk, part);
    MUST(pthread_create(&first, NULL, careful, NULL));
    MUST(pthread_create(&second, NULL, careless, NULL));
    MUST(pthread_join(second, NULL));
    return 0;
}

int main(void)
{
    int ended, killed_by;

    MUST(pipe(pipe_ends));
    pid_t first = MUST(fork()); // [fork]
    if (first == 0)
        _exit(factory());
    pid_t second = MUST(fork());
    if (second == 0)
        _exit(dispatch());
    MUST(close(pipe_ends[1]));

    MUST(waitpid(first, &ended, 0));
    killed_by = WIFSIGNALED(ended) ? WTERMSIG(ended) : 0;
    fact("factory_signal", killed_by);
    MUST(waitpid(second, &ended, 0));
    printf("factory: ended by signal %d\n", killed_by);
    fact("dispatch_ended_well", WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
    return 0;
}
