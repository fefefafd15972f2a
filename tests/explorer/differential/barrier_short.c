// barrier_short.c - a barrier for more than come, in some schedules
#include "together.h"

static pthread_barrier_t barrier;
static int skip, passed[3];

static void *work(void *argument)
{
    if (me(argument) == 2 && skip)
        return NULL;
    skip = 1;
    pthread_barrier_wait(&barrier);
    passed[me(argument)] = 1;
    return NULL;
}

int main(void)
{
    pthread_barrier_init(&barrier, NULL, 3);
    together(work, work, work, NULL);
    return 0;
}
