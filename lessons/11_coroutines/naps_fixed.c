// naps_fixed.c - three coroutines await the end of their nap of 100 ms
// Run:    make run-naps_fixed
// Expect: 100 ms
// Why:    each says when it wants to go on, and yields; the loop in main sleeps
//         for all of them
#include <stdio.h>
#include <time.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { TASKS = 3, NAP_MS = 100 };

static long wakes_ms[TASKS]; // who waits for this moment

static long now_ms(void)
{
    struct timespec now;

    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sleep_until(long moment_ms)
{
    long rest = moment_ms - now_ms();

    if (rest > 0)
        MUST(nanosleep(&(struct timespec){.tv_nsec = rest * 1000000}, NULL));
}

static void nap(void *number)
{
    long *mine = number;

    *mine = now_ms() + NAP_MS; // [nap]
    coro_yield();
    // whoever resumed me knows that it is time
}

// The one that is alive and wakes first; NULL: all are dead.
static struct coro *first_to_wake(struct coro *tasks[])
{
    struct coro *first = NULL;

    for (int i = 0; i < TASKS; i++)
        if (tasks[i]->state != CORO_DEAD &&
            (!first || wakes_ms[i] < *(long *)first->argument))
            first = tasks[i];
    return first;
}

int main(void)
{
    struct coro *tasks[TASKS], *next;
    long begin = now_ms();

    for (int i = 0; i < TASKS; i++)
        tasks[i] = MUST(coro_create(nap, &wakes_ms[i], 0));
    while ((next = first_to_wake(tasks))) { // [loop]
        sleep_until(*(long *)next->argument);
        coro_resume(next);
    }
    printf("three naps took %ld ms\n", now_ms() - begin);
    fact("elapsed_ms", now_ms() - begin);
    for (int i = 0; i < TASKS; i++)
        coro_destroy(tasks[i]);
    return 0;
}
