// prints_without_end.c - floods its standard output
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "loop.h"
#include "moment.h"

struct task *loop_start(long (*function)(void *), void *argument)
{
    (void)function;
    (void)argument;
    return (struct task *)16;
}

int loop_run(void)
{
    for (;;)
        puts("ok 1 - tasks_run_to_their_end");
}

void loop_yield(void)
{
}

void loop_sleep(long ms)
{
    (void)ms;
}

long loop_await(struct task *task)
{
    (void)task;
    return 100;
}

short loop_ready(int fd, short events)
{
    (void)fd;
    return events;
}
