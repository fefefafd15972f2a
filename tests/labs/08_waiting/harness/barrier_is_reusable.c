// barrier_is_reusable.c - the second round and the third are as good as the
// first: nobody overtakes, nobody is left behind
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "barrier.h"

enum { PARTIES = 2, ROUNDS = 3 };

static struct barrier barrier;
static atomic_int arrived[ROUNDS], told_to_be_last[ROUNDS];

static void *meet(void *unused)
{
    for (int round = 0; round < ROUNDS; round++) {
        arrived[round]++;
        if (barrier_wait(&barrier))
            told_to_be_last[round]++;
        assert(arrived[round] == PARTIES);
    }
    return unused;
}

int main(void)
{
    pthread_t thread;

    barrier_init(&barrier, PARTIES);
    pthread_create(&thread, NULL, meet, NULL);
    meet(NULL);
    pthread_join(thread, NULL);
    for (int round = 0; round < ROUNDS; round++)
        assert(told_to_be_last[round] == 1);
    return 0;
}
