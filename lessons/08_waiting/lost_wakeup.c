// lost_wakeup.c - a signal comes between a look and the sleep, and is lost
// Run:    make run-lost_wakeup        Explore: ./telar explore lost_wakeup
// Expect: nearly every run ends; the explorer finds one that never does
// Why:    who takes no lock can change ready and signal at any moment, even
//         when the waiter has looked and does not sleep yet
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "runtime/must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER; // ready is true now
static atomic_bool ready;

static void *wait_until_ready(void *unused)
{
    MUST(pthread_mutex_lock(&lock)); // [wait]
    while (!ready)
        MUST(pthread_cond_wait(&changed, &lock));
    MUST(pthread_mutex_unlock(&lock));
    return unused;
}

int main(void)
{
    pthread_t waiter;

    MUST(pthread_create(&waiter, NULL, wait_until_ready, NULL));

    // ready is atomic, so why lock?  // [set]
    ready = true;
    MUST(pthread_cond_signal(&changed));
    // Nothing to unlock.

    MUST(pthread_join(waiter, NULL));
    puts("the waiter was woken");
    return 0;
}
