// greedy_fixed.c - the one that calculates yields now and then
// Run:    make run-greedy_fixed
// Expect: the other one has done 1 step by then
// Why:    each yield is a place where others may go on, and only those are
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { STEPS = 200 * 1000 * 1000 };

static atomic_int others_steps, meanwhile;

static void *calculate(void *unused)
{
    // until the other one does something, but at most so many steps
    for (int i = 0; i < STEPS && others_steps == 0; i++) { // [calculate]
        if (i % 1000 == 999)
            coro_yield();
    }
    meanwhile = others_steps;
    return unused;
}

static void *answer(void *unused)
{
    others_steps++; // [answer]
    return unused;
}

// ---- As coroutines ----------------------------------------------------------

static void first(void *unused)
{
    calculate(unused);
}

static void second(void *unused)
{
    answer(unused);
}

int main(void)
{
    struct coro *one = MUST(coro_create(first, NULL, 0));
    struct coro *two = MUST(coro_create(second, NULL, 0));

    while (one->state != CORO_DEAD || two->state != CORO_DEAD) {
        if (one->state != CORO_DEAD)
            coro_resume(one);
        if (two->state != CORO_DEAD)
            coro_resume(two);
    }
    printf("steps of the other one meanwhile: %d\n", meanwhile);
    fact("others_steps", meanwhile);
    coro_destroy(one);
    coro_destroy(two);
    return 0;
}
