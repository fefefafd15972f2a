// busy_wait_fixed.c - a thread sleeps until it is told that it may go on
// Run:    make run-busy_wait_fixed
// Expect: a single look in vain
// Why:    pthread_cond_wait gives the lock back and sleeps until a signal
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { WORK_US = 100 * 1000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready; // guarded by lock
static long looks; // guarded by lock: times that the waiter found it false

static long cpu_us(void)
{
    struct timespec used;

    MUST(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used));
    return used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static void *wait_until_ready(void *unused)
{
    MUST(pthread_mutex_lock(&lock)); // [wait]
    while (!ready) {
        looks++;
        // Unlocks and sleeps, in one; once woken it locks again.
        MUST(pthread_cond_wait(&changed, &lock));
    }
    MUST(pthread_mutex_unlock(&lock));

    fact("waiter_cpu_us", cpu_us());
    return unused;
}

int main(void)
{
    pthread_t waiter;

    MUST(pthread_create(&waiter, NULL, wait_until_ready, NULL));
    while (cpu_us() < WORK_US)
        ; // 100 ms of work

    MUST(pthread_mutex_lock(&lock)); // [set]
    ready = true;
    MUST(pthread_cond_signal(&changed));
    MUST(pthread_mutex_unlock(&lock));

    MUST(pthread_join(waiter, NULL));
    printf("the waiter looked %ld times in vain\n", looks);
    fact("looks", looks);
    return 0;
}
