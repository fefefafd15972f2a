// spurious_fixed.c - a thread that came back for no reason waits again
// Run:    make run-spurious_fixed        Explore: ./telar explore spurious_fixed
// Expect: good in every order, with wakeups for no reason among them
// Why:    the loop asks what only it can know: is it true what I wait for?
//
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "runtime/must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t baked = PTHREAD_COND_INITIALIZER; // ready is true now
static bool ready;                                      // guarded by lock

static void *eat(void *unused)
{
    MUST(pthread_mutex_lock(&lock)); // [eat]
    while (!ready)
        MUST(pthread_cond_wait(&baked, &lock));
    assert(ready);
    MUST(pthread_mutex_unlock(&lock));
    return unused;
}

int main(void)
{
    pthread_t eater;

    MUST(pthread_create(&eater, NULL, eat, NULL));
    MUST(pthread_mutex_lock(&lock)); // [bake]
    ready = true;
    MUST(pthread_cond_signal(&baked));
    MUST(pthread_mutex_unlock(&lock));
    MUST(pthread_join(eater, NULL));
    puts("baked, then eaten");
    return 0;
}
