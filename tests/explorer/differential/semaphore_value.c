// semaphore_value.c - the value that one sees while others take and give
#include <semaphore.h>

#include "together.h"

static sem_t items;
static int seen[3];

static void *give(void *argument)
{
    (void)argument;
    sem_post(&items);
    sem_post(&items);
    return NULL;
}

static void *take(void *argument)
{
    (void)argument;
    sem_wait(&items);
    return NULL;
}

static void *look(void *argument)
{
    (void)argument;
    for (int i = 0; i < 3; i++)
        sem_getvalue(&items, &seen[i]);
    return NULL;
}

int main(void)
{
    sem_init(&items, 0, 1);
    together(give, take, look, NULL);
    return 0;
}
