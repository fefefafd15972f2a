// semaphore_wait_value.c - takes two at a time from three who give one each
#include <semaphore.h>

#include "together.h"

static sem_t items;
static int seen[4];

static void *give(void *argument)
{
    sem_getvalue(&items, &seen[me(argument)]);
    sem_post(&items);
    return NULL;
}

static void *take_two(void *argument)
{
    sem_wait(&items);
    sem_wait(&items);
    sem_getvalue(&items, &seen[me(argument)]);
    return NULL;
}

int main(void)
{
    sem_init(&items, 0, 0);
    together(give, give, give, take_two);
    return 0;
}
