// barrier_waits_for_all.c - nobody leaves a round before all have come, all
// leave it, and one of them is told that it was the last
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "barrier.h"

enum { PARTIES = 3 };

static struct barrier barrier;
static atomic_int arrived, told_to_be_last;

static void *meet(void *unused)
{
    arrived++;
    if (barrier_wait(&barrier))
        told_to_be_last++;
    assert(arrived == PARTIES);
    return unused;
}

int main(void)
{
    pthread_t threads[PARTIES - 1];

    barrier_init(&barrier, PARTIES);
    for (int i = 0; i < PARTIES - 1; i++)
        pthread_create(&threads[i], NULL, meet, NULL);
    meet(NULL);
    for (int i = 0; i < PARTIES - 1; i++)
        pthread_join(threads[i], NULL);
    assert(told_to_be_last == 1);
    return 0;
}
