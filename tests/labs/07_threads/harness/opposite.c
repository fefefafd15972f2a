// opposite.c - two accounts pay each other at the same time
#include <assert.h>

#include "bank.h"

static struct bank bank;

static void *pay(void *unused)
{
    (void)unused;
    bool done = bank_transfer(&bank, 0, 1, 30);
    assert(done);
    return NULL;
}

static void *pay_back(void *unused)
{
    (void)unused;
    bool done = bank_transfer(&bank, 1, 0, 20);
    assert(done);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    bank_open(&bank, 2, 100);
    pthread_create(&first, NULL, pay, NULL);
    pthread_create(&second, NULL, pay_back, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    long balance_0 = bank_balance(&bank, 0);
    long balance_1 = bank_balance(&bank, 1);
    assert(balance_0 == 100 - 30 + 20);
    assert(balance_1 == 100 + 30 - 20);
    return 7; // .status of the promise: here, and nowhere else
}
