// one_bell.c - one bell for all who wait at a desk, and it wakes the wrong one
// Run:    make run-one_bell        Explore: ./telar explore one_bell
// Expect: nearly every run ends; the explorer finds one that never does
// Why:    who took a part rings for one, and it may be another packer: that
//         one finds nothing, and the assembler sleeps on
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "runtime/must.h"

enum { PARTS = 2, PACKERS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// One bell, whoever waits, and for whatever.
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool is_full; // guarded by lock

static void put(void)
{
    MUST(pthread_mutex_lock(&lock)); // [put]
    while (is_full)
        MUST(pthread_cond_wait(&changed, &lock));
    is_full = true;
    MUST(pthread_cond_signal(&changed));
    MUST(pthread_mutex_unlock(&lock));
}

static void *take_one(void *unused)
{
    MUST(pthread_mutex_lock(&lock)); // [take]
    while (!is_full)
        MUST(pthread_cond_wait(&changed, &lock));
    is_full = false;
    MUST(pthread_cond_signal(&changed));
    MUST(pthread_mutex_unlock(&lock));
    return unused;
}

int main(void)
{
    pthread_t packers[PACKERS];

    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_create(&packers[i], NULL, take_one, NULL));
    for (int i = 0; i < PARTS; i++)
        put();
    for (int i = 0; i < PACKERS; i++)
        MUST(pthread_join(packers[i], NULL));
    puts("two parts put, two parts packed");
    return 0;
}
