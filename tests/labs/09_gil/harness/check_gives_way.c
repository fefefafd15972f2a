// check_gives_way.c - somebody has asked: it has had the lock when gil_check
// returns, and this thread has it again
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static atomic_int other_has_had_it, inside;

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
    other_has_had_it = 1;
    gil_release(&gil);
    return unused;
}

// Calculates. After one interval it has to be asked, not after a second one.
static void until_asked(void)
{
    while (!gil.is_asked_for)
        if (gil.intervals > 1)
            assert(gil.is_asked_for);
}

int main(void)
{
    pthread_t waiter;

    gil_init(&gil, 5000);
    gil_take(&gil);
    pthread_create(&waiter, NULL, have_it, NULL);
    until_asked();
    gil_check(&gil);
    assert(other_has_had_it);
    instruction();
    gil_release(&gil);
    pthread_join(waiter, NULL);
    return 7; // .status of the promise: here, and nowhere else
}
