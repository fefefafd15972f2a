// expect: deadlock
// Producer and consumer with semaphores: the mutex is taken first.
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#define CAPACITY 1
#define ITEMS 2

int buffer[CAPACITY], in = 0, out = 0;
sem_t empty, full, mutex;

void *producer(void *arg)
{
    for (int item = 1; item <= ITEMS; item++) {
        sem_wait(&mutex);
        sem_wait(&empty);
        buffer[in] = item;
        in = (in + 1) % CAPACITY;
        sem_post(&mutex);
        sem_post(&full);
    }
    return NULL;
}

void *consumer(void *arg)
{
    for (int i = 0; i < ITEMS; i++) {
        sem_wait(&mutex);
        sem_wait(&full);
        printf("%d\n", buffer[out]);
        out = (out + 1) % CAPACITY;
        sem_post(&mutex);
        sem_post(&empty);
    }
    return NULL;
}

int main(void)
{
    pthread_t p, c;

    sem_init(&empty, 0, CAPACITY);
    sem_init(&full, 0, 0);
    sem_init(&mutex, 0, 1);
    pthread_create(&p, NULL, producer, NULL);
    pthread_create(&c, NULL, consumer, NULL);
    pthread_join(p, NULL);
    pthread_join(c, NULL);
    return 0;
}
