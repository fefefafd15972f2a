// lost_update_fixed.c - under a lock no addition vanishes
// Run:    make run-lost_update_fixed
// Expect: total 2, and the explorer proves it for every order of the threads
// Why:    between lock and unlock no other thread that takes the same lock
//         can come in, so the load and the store are not parted
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static int times = 1; // that each thread adds: the argument of the program

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards total
static long total;

static void *add(void *unused)
{
    (void)unused;
    for (int i = 0; i < times; i++) { // [add]
        MUST(pthread_mutex_lock(&lock));
        total++;
        MUST(pthread_mutex_unlock(&lock));
    }
    return NULL;
}

int main(int count, char **arguments)
{
    pthread_t first, second;

    if (count > 1)
        times = atoi(arguments[1]);
    MUST(pthread_create(&first, NULL, add, NULL));
    MUST(pthread_create(&second, NULL, add, NULL));
    MUST(pthread_join(first, NULL));
    MUST(pthread_join(second, NULL));

    printf("total %ld\n", total);
    fact("total", total);
    assert(total == 2 * times);
    return 0;
}
