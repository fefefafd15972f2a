// thousands.c - thousands of coroutines await a descriptor each, in one thread
// Run:    make run-thousands
// Expect: 5000 wait at once (fewer where descriptors are rationed), 1 thread
// Why:    who waits costs a line in the kernel's list and a page for its stack;
//         epoll says who can go on
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { WANTED = 5000, SPARE = 50 };

static int list; // of epoll: who waits for what
static int ready[WANTED];
static int waiting, most_waiting, done;

// Returns when there is something to read: everybody else goes on meanwhile.
static void await_readable(int fd)
{
    struct epoll_event event = {EPOLLIN | EPOLLONESHOT, {coro_running()}};

    MUST(epoll_ctl(list, EPOLL_CTL_ADD, fd, &event)); // [await]
    waiting++;
    most_waiting = waiting > most_waiting ? waiting : most_waiting;
    coro_yield();
    waiting--;
}

static void receive(void *fd)
{
    uint64_t number;

    await_readable(*(int *)fd); // [receive]
    MUST(read(*(int *)fd, &number, sizeof number));
    done++;
}

static int descriptors(void)
{
    struct rlimit limit;

    MUST(getrlimit(RLIMIT_NOFILE, &limit));
    limit.rlim_cur = limit.rlim_max;
    MUST(setrlimit(RLIMIT_NOFILE, &limit));
    return limit.rlim_cur < WANTED + SPARE ? (int)limit.rlim_cur - SPARE
                                           : WANTED;
}

// A child writes to all of them, from the last to the first.
static void answer_all(int count)
{
    if (MUST(fork()) > 0)
        return;
    for (int i = count - 1; i >= 0; i--)
        MUST(write(ready[i], &(uint64_t){1}, sizeof(uint64_t)));
    _exit(0);
}

static int threads(void)
{
    FILE *status = MUST(fopen("/proc/self/status", "r"));
    char line[256];
    int count = 0;

    while (fgets(line, sizeof line, status))
        sscanf(line, "Threads: %d", &count);
    MUST(fclose(status));
    return count;
}

int main(void)
{
    int count = descriptors();

    list = MUST(epoll_create1(0));
    for (int i = 0; i < count; i++) {
        ready[i] = MUST(eventfd(0, 0));
        coro_resume(MUST(coro_create(receive, &ready[i], 0)));
    }
    answer_all(count);
    while (waiting > 0) { // [loop]
        struct epoll_event events[64];
        int got = MUST(epoll_wait(list, events, 64, -1));
        for (int i = 0; i < got; i++)
            coro_resume(events[i].data.ptr);
    }
    MUST(wait(NULL));

    printf("%d waited at once, %d went on, in %d thread\n", most_waiting, done,
           threads());
    fact("waiting_at_once", most_waiting);
    fact("done", done);
    fact("threads", threads());
    return 0;
}
