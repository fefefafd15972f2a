// waiter_asks.c - who calculates is asked for it; who takes it is not asked yet
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;

static void *have_it(void *unused)
{
    gil_take(&gil);
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
    gil_release(&gil);
    pthread_join(waiter, NULL);
    gil_take(&gil);
    assert(!gil.is_asked_for); // the one that asked has had it
    gil_release(&gil);
    return 7; // .status of the promise: here, and nowhere else
}
