// check_goes_behind.c - somebody has asked: it has had the lock when gil_check
// returns
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static atomic_int other_has_had_it;

static void *have_it(void *unused)
{
    gil_take(&gil);
    other_has_had_it = 1;
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
    assert(other_has_had_it);
    gil_release(&gil);
    pthread_join(waiter, NULL);
    return 7; // .status of the promise: here, and nowhere else
}
