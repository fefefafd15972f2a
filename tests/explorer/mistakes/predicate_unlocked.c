// expect: data_race
// The predicate is a plain variable, and its writer takes no mutex.
#include <pthread.h>
#include <stdio.h>

int buffer, full = 0;
pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER;

void *producer(void *arg)
{
    buffer = 7;
    full = 1;
    pthread_cond_signal(&not_empty);
    return NULL;
}

void *consumer(void *arg)
{
    pthread_mutex_lock(&lock);
    while (!full)
        pthread_cond_wait(&not_empty, &lock);
    printf("got %d\n", buffer);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t p, c;

    pthread_create(&c, NULL, consumer, NULL);
    pthread_create(&p, NULL, producer, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    return 0;
}
