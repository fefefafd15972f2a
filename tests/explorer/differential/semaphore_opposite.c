// semaphore_opposite.c - two semaphores in opposite orders: may deadlock
#include <semaphore.h>

#include "together.h"

static sem_t a, b;
static int order[2], count;

static void *forth(void *argument)
{
    sem_wait(&a);
    sem_wait(&b);
    order[count++] = me(argument) + 1;
    sem_post(&b);
    sem_post(&a);
    return NULL;
}

static void *back(void *argument)
{
    sem_wait(&b);
    sem_wait(&a);
    order[count++] = me(argument) + 1;
    sem_post(&a);
    sem_post(&b);
    return NULL;
}

int main(void)
{
    sem_init(&a, 0, 1);
    sem_init(&b, 0, 1);
    together(forth, back, NULL, NULL);
    return 0;
}
