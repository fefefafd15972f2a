// semaphore_one_for_two.c - one post, two who wait: one stays
#include <semaphore.h>

#include "together.h"

static sem_t items;
static int got[3];

static void *take(void *argument)
{
    sem_wait(&items);
    got[me(argument)] = 1;
    return NULL;
}

static void *give(void *argument)
{
    sem_post(&items);
    got[me(argument)] = 1;
    return NULL;
}

int main(void)
{
    sem_init(&items, 0, 0);
    together(take, take, give, NULL);
    return 0;
}
