// semaphore_order.c - a thread waits for an item with the door locked
// Run:    make run-semaphore_order    Explore: ./telar explore semaphore_order
// Expect: nearly every run ends; the explorer finds a deadlock
// Why:    take goes in and waits for an item in there; put cannot go in to
//         leave one
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "runtime/must.h"

static sem_t door;  // 1: nobody is inside; guards stock
static sem_t items; // how many there are to take
static int stock;

static void *take(void *unused)
{
    MUST(sem_wait(&door)); // [take]
    MUST(sem_wait(&items));
    stock--;
    MUST(sem_post(&door));
    return unused;
}

static void put(void)
{
    MUST(sem_wait(&door)); // [put]
    stock++;
    MUST(sem_post(&door));
    MUST(sem_post(&items));
}

int main(void)
{
    pthread_t taker;

    MUST(sem_init(&door, 0, 1));
    MUST(sem_init(&items, 0, 0));
    MUST(pthread_create(&taker, NULL, take, NULL));
    put();
    MUST(pthread_join(taker, NULL));
    printf("one put, one taken: %d left\n", stock);
    return 0;
}
