// expect: lock_misuse
// A mutex as a signal: one thread locks it, another one unlocks it.
#include <pthread.h>
#include <stdio.h>

int data;
pthread_mutex_t done = PTHREAD_MUTEX_INITIALIZER;

void *produce(void *arg)
{
    data = 99;
    pthread_mutex_unlock(&done);
    return NULL;
}

int main(void)
{
    pthread_t producer;

    pthread_mutex_lock(&done);
    pthread_create(&producer, NULL, produce, NULL);
    pthread_mutex_lock(&done);
    printf("data: %d\n", data);
    pthread_mutex_unlock(&done);
    pthread_join(producer, NULL);
    return 0;
}
