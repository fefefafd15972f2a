// expect: data_race
// Readers and a writer: the count of readers is nobody's to guard.
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

int readers = 0, document = 1;
sem_t write_lock;

void *reader(void *arg)
{
    readers++;
    if (readers == 1)
        sem_wait(&write_lock);
    printf("reads %d\n", document);
    readers--;
    if (readers == 0)
        sem_post(&write_lock);
    return NULL;
}

void *writer(void *arg)
{
    sem_wait(&write_lock);
    document++;
    sem_post(&write_lock);
    return NULL;
}

int main(void)
{
    pthread_t r1, r2, w;

    sem_init(&write_lock, 0, 1);
    pthread_create(&r1, NULL, reader, NULL);
    pthread_create(&r2, NULL, reader, NULL);
    pthread_create(&w, NULL, writer, NULL);
    pthread_join(r1, NULL);
    pthread_join(r2, NULL);
    pthread_join(w, NULL);
    sem_destroy(&write_lock);
    return 0;
}
