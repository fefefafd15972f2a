// barrier_rounds.c - the same barrier again and again
#include "together.h"

static pthread_barrier_t barrier;
static int log_[6], count, serial[2];

static void *work(void *argument)
{
    for (int round = 0; round < 2; round++) {
        if (pthread_barrier_wait(&barrier))
            serial[round] = me(argument) + 1;
        log_[count++] = me(argument) + 1;
    }
    return NULL;
}

int main(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    together(work, work, NULL, NULL);
    return 0;
}
