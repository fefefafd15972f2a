// one_signal_fixed.c - three threads wait for one event: a broadcast wakes all
// Run:    make run-one_signal_fixed    Explore: ./telar explore one_signal_fixed
// Expect: all three come through
// Why:    pthread_cond_broadcast wakes every waiter; each looks again
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { THREADS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER; // waiting grew
static pthread_cond_t opened = PTHREAD_COND_INITIALIZER;  // is_open is true
static int waiting, through;                              // guarded by lock
static bool is_open;                                      // guarded by lock

static void *come_through(void *unused)
{
    MUST(pthread_mutex_lock(&lock)); // [wait]
    waiting++;
    MUST(pthread_cond_signal(&arrived));
    while (!is_open)
        MUST(pthread_cond_wait(&opened, &lock));
    fact("through", ++through);
    MUST(pthread_mutex_unlock(&lock));
    return unused;
}

int main(void)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        MUST(pthread_create(&threads[i], NULL, come_through, NULL));

    MUST(pthread_mutex_lock(&lock)); // [open]
    while (waiting < THREADS)
        MUST(pthread_cond_wait(&arrived, &lock));
    is_open = true;
    MUST(pthread_cond_broadcast(&opened));
    MUST(pthread_mutex_unlock(&lock));

    for (int i = 0; i < THREADS; i++)
        MUST(pthread_join(threads[i], NULL));
    puts("all of them came through");
    return 0;
}
