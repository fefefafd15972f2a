// read_after_sleep.c - main sleeps, and hopes that the result is there
// Run:    make run-read_after_sleep   Explore: ./telar explore read_after_sleep
// Expect: result 42, nearly always; the explorer finds the 0, every time
// Why:    to sleep is not to wait for somebody: the other thread may be slower
//         than any nap, and nothing says that its work is done
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
    MUST(nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL));
    int result = answer;
    MUST(pthread_join(worker, NULL));

    printf("result %d\n", result);
    fact("result", result);
    assert(result == 42);
    return 0;
}
