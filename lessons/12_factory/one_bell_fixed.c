// one_bell_fixed.c - a bell for those who bring, another for those who take
// Run:    make run-one_bell_fixed   Explore: ./telar explore one_bell_fixed
// Expect: every run ends
// Why:    who took a part rings where only assemblers sleep: whoever wakes
//         can use what has changed
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

#include "runtime/must.h"

enum { PARTS = 2, PACKERS = 2 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t has_room = PTHREAD_COND_INITIALIZER;
static pthread_cond_t has_part = PTHREAD_COND_INITIALIZER;
static bool is_full; // guarded by lock

static void put(void)
{
    MUST(pthread_mutex_lock(&lock)); // [put]
    while (is_full)
        MUST(pthread_cond_wait(&has_room, &lock));
    is_full = true;
    MUST(pthread_cond_signal(&has_part));
    MUST(pthread_mutex_unlock(&lock));
}

static void *take_one(void *unused)
{
    MUST(pthread_mutex_lock(&lock)); // [take]
    while (!is_full)
        MUST(pthread_cond_wait(&has_part, &lock));
    is_full = false;
    MUST(pthread_cond_signal(&has_room));
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
