// calls_threads.c - threads that make calls, joined, detached and cancelled
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/must.h"

enum { THREADS = 8, CALLS = 50 };

static int ends[2];
static _Atomic int cleaned;

// Once all of them are there.
static void *call_often(void *waits)
{
    char byte;

    if (waits)
        MUST(read(ends[0], &byte, 1));
    for (int i = 0; i < CALLS; i++)
        getppid();
    return NULL;
}

static void *begin_another(void *unused)
{
    pthread_t inner;

    MUST(pthread_create(&inner, NULL, call_often, NULL));
    MUST(pthread_join(inner, NULL));
    return unused;
}

static void clean(void *unused)
{
    (void)unused;
    cleaned++;
}

// Waits for ever in read, or computes for ever: both are cancelled there.
static void *be_cancelled(void *spins)
{
    char byte;

    pthread_cleanup_push(clean, NULL);
    if (spins) {
        MUST(pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL));
        for (;;)
            getppid();
    }
    read(ends[0], &byte, 1);
    pthread_cleanup_pop(0);
    return NULL;
}

static void cancel_one(void *spins)
{
    pthread_t thread;
    void *result;

    MUST(pthread_create(&thread, NULL, be_cancelled, spins));
    MUST(pthread_cancel(thread));
    MUST(pthread_join(thread, &result));
    printf("cancelled: %d\n", result == PTHREAD_CANCELED);
}

static void *say_bye(void *said)
{
    sem_post(said);
    return NULL;
}

static void detach_one(void)
{
    pthread_t thread;
    sem_t said;

    MUST(sem_init(&said, 0, 0));
    MUST(pthread_create(&thread, NULL, say_bye, &said));
    MUST(pthread_detach(thread));
    MUST(sem_wait(&said));
}

static void all_at_once(void)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        MUST(pthread_create(&threads[i], NULL, call_often, ends));
    for (int i = 0; i < THREADS; i++)
        MUST(write(ends[1], "x", 1));
    for (int i = 0; i < THREADS; i++)
        MUST(pthread_join(threads[i], NULL));
}

int main(int argc, char **argv)
{
    pthread_t thread;

    (void)argv;
    MUST(pipe(ends));
    all_at_once();
    MUST(pthread_create(&thread, NULL, begin_another, NULL));
    MUST(pthread_join(thread, NULL));
    if (argc > 1) { // how many calls they make nobody knows
        cancel_one(NULL);
        cancel_one(ends);
        detach_one();
        printf("cleaned up: %d\n", cleaned);
    }
    puts("done");
    pthread_exit(NULL);
}
