// robbed_fixed.c - a thread that finds its item gone waits again
// Run:    make run-robbed_fixed        Explore: ./telar explore robbed_fixed
// Expect: both get one, in every order
// Why:    to be woken means "look again", not "it is yours"
//
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "runtime/must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t added = PTHREAD_COND_INITIALIZER; // one item more
static int items;                                       // guarded by lock

static void *take(void *unused)
{
    MUST(pthread_mutex_lock(&lock)); // [take]
    while (items == 0)
        MUST(pthread_cond_wait(&added, &lock));
    assert(items > 0);
    items--;
    MUST(pthread_mutex_unlock(&lock));
    return unused;
}

static void put(void)
{
    MUST(pthread_mutex_lock(&lock)); // [put]
    items++;
    MUST(pthread_cond_signal(&added));
    MUST(pthread_mutex_unlock(&lock));
}

int main(void)
{
    pthread_t first, second;

    MUST(pthread_create(&first, NULL, take, NULL));
    MUST(pthread_create(&second, NULL, take, NULL));
    put();
    put();
    MUST(pthread_join(first, NULL));
    MUST(pthread_join(second, NULL));
    puts("two items put, two items taken");
    return 0;
}
