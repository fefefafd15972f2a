// first_come_first_served.c - two wait, and who has had it comes again at once:
// they get it in the order in which they came
#include <assert.h>
#include <pthread.h>
#include <stddef.h>

#include "gil.h"

static struct gil gil;
static int turns; // guarded by gil

static void *first(void *unused)
{
    gil_take(&gil);
    assert(turns == 0);
    turns++;
    gil_release(&gil);
    return unused;
}

static void *second(void *unused)
{
    gil_take(&gil);
    assert(turns == 1);
    turns++;
    gil_release(&gil);
    return unused;
}

int main(void)
{
    pthread_t one, two;

    gil_init(&gil, 0);
    gil_take(&gil);
    pthread_create(&one, NULL, first, NULL);
    while (gil.waiting < 1)
        ; // until it has come: see gil.h
    pthread_create(&two, NULL, second, NULL);
    while (gil.waiting < 2)
        ;
    gil_release(&gil);
    gil_take(&gil);
    assert(turns == 2);
    gil_release(&gil);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 7; // .status of the promise: here, and nowhere else
}
