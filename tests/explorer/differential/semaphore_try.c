// semaphore_try.c - two try, one posts, one waits
#include <semaphore.h>

#include "together.h"

static sem_t items;
static int got[4];

static void *try(void *argument)
{
    got[me(argument)] = sem_trywait(&items) == 0 ? 1 : 2;
    return NULL;
}

static void *give(void *argument)
{
    (void)argument;
    sem_post(&items);
    sem_post(&items);
    return NULL;
}

static void *take(void *argument)
{
    sem_wait(&items);
    got[me(argument)] = 1;
    return NULL;
}

int main(void)
{
    sem_init(&items, 0, 0);
    together(try, try, give, take);
    return 0;
}
