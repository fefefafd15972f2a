// semaphore_and_mutex.c - waits for a semaphore with the mutex held: may stall
#include <semaphore.h>

#include "together.h"

static sem_t items;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int taken, given;

static void *take(void *argument)
{
    pthread_mutex_lock(&lock);
    sem_wait(&items);
    taken = given + 1;
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *give(void *argument)
{
    pthread_mutex_lock(&lock);
    given = 1;
    pthread_mutex_unlock(&lock);
    sem_post(&items);
    return argument;
}

int main(void)
{
    sem_init(&items, 0, 0);
    together(take, give, NULL, NULL);
    return 0;
}
