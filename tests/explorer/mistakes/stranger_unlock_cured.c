// expect: proved
// A semaphore as a signal: that is what it is for.
#include <assert.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

int data;
sem_t done;

void *produce(void *arg)
{
    data = 99;
    sem_post(&done);
    return NULL;
}

int main(void)
{
    pthread_t producer;

    sem_init(&done, 0, 0);
    pthread_create(&producer, NULL, produce, NULL);
    sem_wait(&done);
    assert(data == 99);
    pthread_join(producer, NULL);
    sem_destroy(&done);
    return 0;
}
