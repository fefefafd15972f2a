// deposits.c - two threads put money into one account at the same time
#include <assert.h>

#include "bank.h"

static struct bank bank;

static void *put_10(void *unused)
{
    (void)unused;
    bool done = bank_deposit(&bank, 0, 10);
    assert(done);
    return NULL;
}

static void *put_20(void *unused)
{
    (void)unused;
    bool done = bank_deposit(&bank, 0, 20);
    assert(done);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    bank_open(&bank, 1, 100);
    pthread_create(&first, NULL, put_10, NULL);
    pthread_create(&second, NULL, put_20, NULL);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    long balance = bank_balance(&bank, 0);
    assert(balance == 100 + 10 + 20);
    return 7; // .status of the promise: here, and nowhere else
}
