// lost_update_volatile.c - volatile, and an addition can vanish all the same
// Run:    make run-lost_update_volatile
// Expect: total 2, nearly always; the explorer finds the 1, every time
// Why:    volatile sees to it that each load and each store is made; they are
//         two things all the same, and the other thread may come in between
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static int times = 1; // that each thread adds: the argument of the program

// Shared; is it guarded?
static volatile long total; // [shared]

static void *add(void *unused)
{
    (void)unused;
    for (int i = 0; i < times; i++) { // [add]
        // no lock: the other thread may come in here,
        total++;
        // and here, and between the load and the store of ++
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
