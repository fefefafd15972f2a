// busy_for_ever.c - waits in a loop for what may have come and gone
#include <stdatomic.h>

#include "together.h"

static atomic_int phase;
static int seen;

static void *step(void *argument)
{
    (void)argument;
    atomic_store(&phase, 1);
    atomic_store(&phase, 2);
    return NULL;
}

static void *wait_for_one(void *argument)
{
    (void)argument;
    while (atomic_load(&phase) != 1)
        ;
    seen = 1;
    return NULL;
}

int main(void)
{
    together(step, wait_for_one, NULL, NULL);
    return 0;
}
