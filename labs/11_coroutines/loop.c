// loop.c - tasks that wait without stopping the others
//
// This is the file you write. What each function promises stands in loop.h; the
// text of the lab is lab.es.md (lab.en.md).
//
//     ./telar check 11       your points, and what is missing
//     ./telar hint 11        one more hint
#include <errno.h>
#include <stdlib.h>

#include "coro.h"
#include "loop.h"
#include "moment.h"

struct task {
    struct coro *coro;
    // What else do you have to know of a task?
};

struct task *loop_start(long (*function)(void *), void *argument)
{
    (void)function;
    (void)argument;

    // 1. Memory for a task, and a coroutine that will call function(argument).
    // 2. To the end of the queue.

    errno = ENOSYS; // "function not implemented": take this out
    return NULL;
}

int loop_run(void)
{
    // While there are tasks: resume the first of the queue. Has it ended?
    // Nobody in the queue: until when can the loop sleep?

    errno = ENOSYS;
    return -1;
}

void loop_yield(void)
{
    // To the end of the queue; then back to loop_run.
}

void loop_sleep(long ms)
{
    (void)ms;
}

long loop_await(struct task *task)
{
    (void)task;
    return -1;
}

short loop_ready(int fd, short events)
{
    (void)fd;
    (void)events;
    return 0;
}
