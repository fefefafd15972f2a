// semaphore_buffer.c - a buffer of one place, two who produce, one consumes
#include <semaphore.h>

#include "together.h"

static sem_t places, items;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int buffer[2], in, out, taken[2];

static void *produce(void *argument)
{
    sem_wait(&places);
    pthread_mutex_lock(&lock);
    buffer[in++ % 2] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    sem_post(&items);
    return NULL;
}

static void *consume(void *argument)
{
    for (int i = 0; i < 2; i++) {
        sem_wait(&items);
        pthread_mutex_lock(&lock);
        taken[i] = buffer[out++ % 2];
        pthread_mutex_unlock(&lock);
        sem_post(&places);
    }
    return argument;
}

int main(void)
{
    sem_init(&places, 0, 1);
    sem_init(&items, 0, 0);
    together(produce, produce, consume, NULL);
    return 0;
}
