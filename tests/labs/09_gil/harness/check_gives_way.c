// check_gives_way.c - who is asked gives the lock away in gil_check, and has it
// again afterwards
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static atomic_int inside;

static void instruction(void)
{
    inside++;
    assert(inside == 1);
    inside--;
}

static void *have_it(void *unused)
{
    gil_take(&gil);
    instruction();
    gil_release(&gil);
    return unused;
}

int main(void)
{
    pthread_t waiter;

    gil_init(&gil, 5000);
    gil_take(&gil);
    pthread_create(&waiter, NULL, have_it, NULL);
    while (!gil.is_asked_for)
        ; // calculates
    gil_check(&gil);
    instruction();
    gil_release(&gil);
    pthread_join(waiter, NULL);
    return 7; // .status of the promise: here, and nowhere else
}
