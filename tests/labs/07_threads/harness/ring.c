// ring.c - three accounts, each pays the next one, all at the same time
#include <assert.h>

#include "bank.h"

enum { ACCOUNTS = 3 };

static struct bank bank;
static int payers[ACCOUNTS] = {0, 1, 2};

static void *pay_next(void *payer)
{
    int from = *(int *)payer;
    bool done = bank_transfer(&bank, from, (from + 1) % ACCOUNTS, 10);
    assert(done);
    return NULL;
}

int main(void)
{
    pthread_t threads[ACCOUNTS];

    bank_open(&bank, ACCOUNTS, 100);
    for (int i = 0; i < ACCOUNTS; i++)
        pthread_create(&threads[i], NULL, pay_next, &payers[i]);
    for (int i = 0; i < ACCOUNTS; i++)
        pthread_join(threads[i], NULL);
    for (int i = 0; i < ACCOUNTS; i++) {
        long balance = bank_balance(&bank, i);
        assert(balance == 100);
    }
    return 7; // .status of the promise: here, and nowhere else
}
