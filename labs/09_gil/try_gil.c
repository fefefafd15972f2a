// try_gil.c - try your lock by hand (given, do not edit)
//
//     cc -D_GNU_SOURCE -Wall -Wextra -g -pthread -o try_gil *.c
//     ./try_gil
#include <stdio.h>

#include "gil.h"

enum { THREADS = 3, STEPS = 20 * 1000 * 1000 };

static struct gil gil;
static long turns;         // guarded by gil: how often it changed hands
static const char *latest; // guarded by gil: who had it

static void *calculate(void *name)
{
    gil_take(&gil);
    for (long i = 0; i < STEPS; i++) {
        if (latest != name) { // an instruction of the program
            latest = name;
            turns++;
        }
        gil_check(&gil);
    }
    printf("%s has done its work\n", (char *)name);
    gil_release(&gil);
    return NULL;
}

int main(void)
{
    static char *const names[] = {"one", "two", "three"};
    pthread_t threads[THREADS];

    gil_init(&gil, 5000);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, calculate, names[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("%ld turns\n", turns);
    return 0;
}
