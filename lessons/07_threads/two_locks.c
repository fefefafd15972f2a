// two_locks.c - each function has a lock of its own, and nothing is guarded
// Run:    make run-two_locks             Explore: ./telar explore two_locks
// Expect: balance 120, nearly always; the explorer finds 150 and 70, every time
// Why:    a lock keeps out only those who take the same lock
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static pthread_mutex_t deposit_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t withdraw_lock = PTHREAD_MUTEX_INITIALIZER;
static long balance = 100; // which of the two guards it?

static void *deposit(void *unused)
{
    (void)unused;
    MUST(pthread_mutex_lock(&deposit_lock)); // [deposit]
    balance += 50;
    MUST(pthread_mutex_unlock(&deposit_lock));
    return NULL;
}

static void *withdraw(void *unused)
{
    (void)unused;
    MUST(pthread_mutex_lock(&withdraw_lock)); // [withdraw]
    balance -= 30;
    MUST(pthread_mutex_unlock(&withdraw_lock));
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
