// signatures.c - three threads sign one list, in an order that nobody chose
// Run:    make run-signatures            Explore: ./telar explore signatures
// Expect: all three letters, in one of 6 orders; which one can differ each time
// Why:    the system decides when a thread runs; the lock only sees to it that
//         they sign one at a time
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { THREADS = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards these two:
static char list[THREADS + 1];
static int signatures;

static void *sign(void *letter)
{
    MUST(pthread_mutex_lock(&lock)); // [sign]
    list[signatures] = *(char *)letter;
    signatures++;
    MUST(pthread_mutex_unlock(&lock));
    return NULL;
}

int main(void)
{
    static char letters[THREADS] = {'A', 'B', 'C'};
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) // [threads]
        MUST(pthread_create(&threads[i], NULL, sign, &letters[i]));
    for (int i = 0; i < THREADS; i++)
        MUST(pthread_join(threads[i], NULL));

    printf("signed: %s\n", list);
    fact("signatures", signatures);
    assert(signatures == THREADS);
    return 0;
}
