// kitchen.c - two semaphores put three threads in order
// Run:    make run-kitchen
// Expect: cook, serve, eat; whoever starts first
// Why:    a thread that waits for a semaphore at 0 sleeps until somebody posts
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

#include "runtime/must.h"

static sem_t cooked, served;

static void *eat(void *unused) // [threads]
{
    MUST(sem_wait(&served));
    puts("eat");
    return unused;
}

static void *serve(void *unused)
{
    MUST(sem_wait(&cooked));
    puts("serve");
    MUST(sem_post(&served));
    return unused;
}

static void *cook(void *unused)
{
    puts("cook");
    MUST(sem_post(&cooked)); // [cooked]
    return unused;
}

int main(void)
{
    void *(*const all[])(void *) = {eat, serve, cook}; // [start]
    pthread_t threads[3];

    setvbuf(stdout, NULL, _IOLBF, 0); // each line is a write of its own
    MUST(sem_init(&cooked, 0, 0));
    MUST(sem_init(&served, 0, 0));
    for (int i = 0; i < 3; i++)
        MUST(pthread_create(&threads[i], NULL, all[i], NULL));
    for (int i = 0; i < 3; i++)
        MUST(pthread_join(threads[i], NULL));
    return 0;
}
