// wait_asleep.c - a thread that waits for a mutex sleeps and frees its core
// Run:    make run-wait_asleep
// Expect: the waiter uses microseconds of CPU, and sleeps
// Why:    pthread_mutex_lock asks the kernel to wake it when the lock is free
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { WORK_US = 100 * 1000 };

static pthread_mutex_t lock;
static atomic_int begun;             // 1: the waiter is about to wait
static long waiter_us, waiter_slept; // main reads them after the join

// CPU time that the calling thread has used so far.
static long cpu_us(void)
{
    struct timespec used;

    MUST(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used)); // [clock]
    return used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

static void *wait_for_lock(void *unused)
{
    struct rusage usage;

    begun = 1;
    long before = cpu_us();
    MUST(pthread_mutex_lock(&lock)); // [wait]
    waiter_us = cpu_us() - before;
    MUST(pthread_mutex_unlock(&lock));
    MUST(getrusage(RUSAGE_THREAD, &usage));
    waiter_slept = usage.ru_nvcsw; // times that it gave up its core by itself
    return unused;
}

int main(void)
{
    pthread_t waiter;

    MUST(pthread_mutex_init(&lock, NULL));
    MUST(pthread_mutex_lock(&lock)); // [work]
    MUST(pthread_create(&waiter, NULL, wait_for_lock, NULL));
    while (!begun)
        sched_yield(); // awake, but not for long
    for (long start = cpu_us(); cpu_us() - start < WORK_US;)
        ; // 100 ms of work, with the lock in hand
    MUST(pthread_mutex_unlock(&lock));
    MUST(pthread_join(waiter, NULL));

    printf("the waiter used %ld us of CPU and slept %ld times\n", waiter_us,
           waiter_slept);
    fact("waiter_cpu_us", waiter_us);
    fact("waiter_slept", waiter_slept);
    return 0;
}
