// semaphore_timed.c - waits with a limit; the post may come too late
#include <semaphore.h>
#include <time.h>

#include "together.h"

static sem_t items;
static int got[3];

static void *take(void *argument)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 2;
    got[me(argument)] = sem_timedwait(&items, &until) == 0 ? 1 : 2;
    return NULL;
}

static void *give(void *argument)
{
    got[me(argument)] = 1;
    sem_post(&items);
    return NULL;
}

int main(void)
{
    sem_init(&items, 0, 0);
    together(take, take, give, NULL);
    return 0;
}
