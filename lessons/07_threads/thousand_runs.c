// thousand_runs.c - a program with a bug gives the right result again and again
// Run:    make run-thousand_runs
// Expect: nearly all of 1000 runs are right, and the bug is there all the same
// Why:    the two additions meet only if both threads come to them within the
//         same few nanoseconds; a run tries one order out of many
#include <pthread.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { RUNS = 1000 };

static long total; // shared, and nothing guards it

static void *add(void *unused)
{
    (void)unused;
    total++;
    return NULL;
}

static long run_once(void)
{
    pthread_t first, second;

    total = 0;
    MUST(pthread_create(&first, NULL, add, NULL));
    MUST(pthread_create(&second, NULL, add, NULL));
    MUST(pthread_join(first, NULL));
    MUST(pthread_join(second, NULL));
    return total;
}

int main(void)
{
    int right = 0;

    for (int i = 0; i < RUNS; i++)
        right += run_once() == 2;

    printf("right: %d of %d\n", right, RUNS);
    fact("right_runs", right);
    fact("wrong_runs", RUNS - right);
    return 0;
}
