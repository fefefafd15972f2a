// check_then_act.c - one seat is sold twice although every access has its lock
// Run:    make run-check_then_act     Explore: ./telar explore check_then_act
// Expect: 0 seats left, nearly always; the explorer finds the -1, every time
// Why:    between the check and the act the lock is open, and what was checked
//         need not be true any more
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards seats
static int seats = 1;

static void *buy(void *unused)
{
    (void)unused;
    MUST(pthread_mutex_lock(&lock)); // [buy]
    int there_is = seats > 0;
    MUST(pthread_mutex_unlock(&lock));
    if (there_is) {
        MUST(pthread_mutex_lock(&lock));
        seats--;
        MUST(pthread_mutex_unlock(&lock));
    }
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    MUST(pthread_create(&first, NULL, buy, NULL));
    MUST(pthread_create(&second, NULL, buy, NULL));
    MUST(pthread_join(first, NULL));
    MUST(pthread_join(second, NULL));

    printf("seats left: %d\n", seats);
    fact("seats_left", seats);
    assert(seats == 0);
    return 0;
}
