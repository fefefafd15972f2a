// two_locks_fixed.c - one datum, one lock, whichever function uses it
// Run:    make run-two_locks_fixed    Explore: ./telar explore two_locks_fixed
// Expect: balance 120, and the explorer proves it for every order
// Why:    both functions take the lock of the balance: one waits for the other
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static pthread_mutex_t balance_lock = PTHREAD_MUTEX_INITIALIZER;
// balance_lock guards it, whoever uses it:
static long balance = 100;

static void *deposit(void *unused)
{
    (void)unused;
    MUST(pthread_mutex_lock(&balance_lock)); // [deposit]
    balance += 50;
    MUST(pthread_mutex_unlock(&balance_lock));
    return NULL;
}

static void *withdraw(void *unused)
{
    (void)unused;
    MUST(pthread_mutex_lock(&balance_lock)); // [withdraw]
    balance -= 30;
    MUST(pthread_mutex_unlock(&balance_lock));
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    MUST(pthread_create(&first, NULL, deposit, NULL));
    MUST(pthread_create(&second, NULL, withdraw, NULL));
    MUST(pthread_join(first, NULL));
    MUST(pthread_join(second, NULL));

    printf("balance %ld\n", balance);
    fact("balance", balance);
    assert(balance == 100 + 50 - 30);
    return 0;
}
