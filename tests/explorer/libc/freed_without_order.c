// freed_without_order.c - the thread says so before it reads for the last time
// Expect: failed use_after_free
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

static int *shared;
static sem_t said;

static void *reader(void *argument)
{
    sem_post(&said);
    return (char *)argument + *shared;
}

int main(void)
{
    pthread_t thread;

    sem_init(&said, 0, 0);
    shared = calloc(1, sizeof *shared);
    pthread_create(&thread, NULL, reader, NULL);
    sem_wait(&said);
    free(shared);
    pthread_join(thread, NULL);
    return 0;
}
