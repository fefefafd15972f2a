// semaphore_lock.c - a semaphore of one as a lock for three
#include <semaphore.h>

#include "together.h"

static sem_t lock;
static int order[3], count;

static void *enter(void *argument)
{
    sem_wait(&lock);
    order[count++] = me(argument);
    sem_post(&lock);
    return NULL;
}

int main(void)
{
    sem_init(&lock, 0, 1);
    together(enter, enter, enter, NULL);
    sem_destroy(&lock);
    return 0;
}
