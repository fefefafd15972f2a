// lost_wakeup_fixed.c - who changes what others wait for holds the lock
// Run:    make run-lost_wakeup_fixed
// Expect: every run ends; ./telar explore lost_wakeup_fixed has proved it
// Why:    the waiter keeps the lock from its look until it sleeps, so a change
//         comes before the look or wakes it
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

    MUST(pthread_mutex_lock(&lock)); // [set]
    ready = true;
    MUST(pthread_cond_signal(&changed));
    MUST(pthread_mutex_unlock(&lock));

    MUST(pthread_join(waiter, NULL));
    puts("the waiter was woken");
    return 0;
}
