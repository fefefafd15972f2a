// check_then_act_fixed.c - one seat is sold once: check and act under one lock
// Run:    make run-check_then_act_fixed
// Expect: 0 seats left, and the explorer proves it for every order
// Why:    from the check to the act the lock stays closed, so what was checked
//         is still true
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards seats
static int seats = 1;

static void *buy(void *unused)
{
    (void)unused;
    MUST(pthread_mutex_lock(&lock)); // [buy]
    int there_is = seats > 0;
    // the lock stays closed,
    if (there_is) {
        // and there still is one
        seats--;
    }
    MUST(pthread_mutex_unlock(&lock));
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    MUST(pthread_create(&first, NULL, buy, NULL));
    MUST(pthread_create(&second, NULL, buy, NULL));
    MUST(pthread_join(first, NULL));
    MUST(pthread_join(second, NULL));

    printf("seats left: %d\n", seats);
    fact("seats_left", seats);
    assert(seats == 0);
    return 0;
}
