// check_goes_behind.c - two wait, and who has the lock is asked for it: when
// gil_check returns, both have had it
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static int turns; // guarded by gil

static void *have_it(void *unused)
{
    gil_take(&gil);
    turns++;
    gil_release(&gil);
    return unused;
}

int main(void)
{
    pthread_t one, two;

    gil_init(&gil, 0);
    gil_take(&gil);
    pthread_create(&one, NULL, have_it, NULL);
    pthread_create(&two, NULL, have_it, NULL);
    while (gil.waiting < 2)
        ; // until both have come: see gil.h
    gil.is_asked_for = true;
    gil_check(&gil);
    assert(turns == 2);
    gil_release(&gil);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 7; // .status of the promise: here, and nowhere else
}
