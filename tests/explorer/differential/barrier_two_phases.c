// barrier_two_phases.c - behind the barrier each sees what the other wrote
#include "together.h"

static pthread_barrier_t barrier;
static int part[2], sum[2], after;

static void *work(void *argument)
{
    int i = me(argument);

    part[i] = i + 1;
    pthread_barrier_wait(&barrier);
    sum[i] = part[0] + part[1];
    after = i;
    return NULL;
}

int main(void)
{
    pthread_barrier_init(&barrier, NULL, 2);
    together(work, work, NULL, NULL);
    pthread_barrier_destroy(&barrier);
    return 0;
}
