// atomic_wait_value.c - waits in a loop until a counter has passed a value
#include <stdatomic.h>
#include <sched.h>

#include "together.h"

static atomic_int progress;
static int seen;

static void *work(void *argument)
{
    (void)argument;
    atomic_fetch_add(&progress, 1);
    return NULL;
}

static void *wait_for_two(void *argument)
{
    (void)argument;
    while (atomic_load(&progress) < 2)
        sched_yield();
    seen = atomic_load(&progress);
    return NULL;
}

int main(void)
{
    together(work, work, work, wait_for_two);
    return 0;
}
