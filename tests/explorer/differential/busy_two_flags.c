// busy_two_flags.c - waits until one of two flags is up
#include <stdatomic.h>

#include "together.h"

static atomic_int left_flag, right_flag;
static int seen;

static void *raise_left(void *argument)
{
    (void)argument;
    atomic_store(&left_flag, 1);
    return NULL;
}

static void *raise_right(void *argument)
{
    (void)argument;
    atomic_store(&right_flag, 1);
    return NULL;
}

static void *wait_for_one(void *argument)
{
    (void)argument;
    while (!atomic_load(&left_flag) && !atomic_load(&right_flag))
        ;
    seen = atomic_load(&left_flag) + 2 * atomic_load(&right_flag);
    return NULL;
}

int main(void)
{
    together(raise_left, raise_right, wait_for_one, NULL);
    return 0;
}
