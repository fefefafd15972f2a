// read_after_join.c - main takes the result when its thread has finished
// Run:    make run-read_after_join    Explore: ./telar explore read_after_join
// Expect: result 42, and the explorer proves it for every order
// Why:    pthread_join comes back when the thread has finished, and all that it
//         wrote is there for the one who joined it
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
    MUST(pthread_join(worker, NULL));
    int result = answer;

    printf("result %d\n", result);
    fact("result", result);
    assert(result == 42);
    return 0;
}
