// read_before_join.c - main takes a result that may not be there yet
// Run:    make run-read_before_join   Explore: ./telar explore read_before_join
// Expect: result 0 or 42: nobody promises either; the explorer shows both
// Why:    a thread is not a call: after pthread_create both go on, in any
//         order; only pthread_join waits until the other has finished
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static int answer; // written by the thread, read by who has joined it

static void *compute(void *unused)
{
    (void)unused;
    answer = 6 * 7;
    return NULL;
}

int main(void)
{
    pthread_t worker;

    MUST(pthread_create(&worker, NULL, compute, NULL)); // [read]
    // nobody waits
    int result = answer;
    MUST(pthread_join(worker, NULL));

    printf("result %d\n", result);
    fact("result", result);
    assert(result == 42);
    return 0;
}
