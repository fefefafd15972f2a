// semaphore_order_fixed.c - first the item is certain, then the door is locked
// Run:    make run-semaphore_order_fixed
// Expect: every run ends; ./telar explore semaphore_order_fixed has proved it
// Why:    who waits for items holds nothing that put needs
//
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "runtime/must.h"

static sem_t door;  // 1: nobody is inside; guards stock
static sem_t items; // how many there are to take
static int stock;

static void *take(void *unused)
{
    MUST(sem_wait(&items)); // [take]
    MUST(sem_wait(&door));
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
