// greedy_threads.c - the same two as threads: the first one never yields
// Run:    make run-greedy_threads
// Expect: the other one has done 1 step by then
// Why:    the kernel takes the core from a thread when its time is up, or runs
//         the other one on another core
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { STEPS = 2000 * 1000 * 1000 };

static atomic_int others_steps, meanwhile;

static void *calculate(void *unused)
{
    // until the other one does something, but at most so many steps
    for (int i = 0; i < STEPS && others_steps == 0; i++) { // [calculate]
        // never yields
    }
    meanwhile = others_steps;
    return unused;
}

static void *answer(void *unused)
{
    others_steps++; // [answer]
    return unused;
}

// ---- As threads -------------------------------------------------------------

int main(void)
{
    pthread_t one, two;

    MUST(pthread_create(&one, NULL, calculate, NULL));
    MUST(pthread_create(&two, NULL, answer, NULL));
    MUST(pthread_join(one, NULL));
    MUST(pthread_join(two, NULL));
    printf("steps of the other one meanwhile: %d\n", meanwhile);
    fact("others_steps", meanwhile);
    return 0;
}
