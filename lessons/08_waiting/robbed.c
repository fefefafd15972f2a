// robbed.c - a thread is woken for an item, and another one takes it first
// Run:    make run-robbed        Explore: ./telar explore robbed
// Expect: nearly always both get one; the explorer finds a take of nothing
// Why:    between the signal and the moment when the woken thread has the lock
//         again, anybody may take the lock, and the item
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
    if (items == 0)
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
