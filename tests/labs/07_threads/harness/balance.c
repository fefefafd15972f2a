// balance.c - one thread looks at an account while another puts money into it
#include <assert.h>

#include "bank.h"

static struct bank bank;

static void *put_50(void *unused)
{
    (void)unused;
    bank_deposit(&bank, 0, 50);
    return NULL;
}

int main(void)
{
    pthread_t other;

    bank_open(&bank, 1, 100);
    pthread_create(&other, NULL, put_50, NULL);
    long balance = bank_balance(&bank, 0);
    assert(balance == 100 || balance == 150);
    pthread_join(other, NULL);
    balance = bank_balance(&bank, 0);
    assert(balance == 150);
    return 7; // .status of the promise: here, and nowhere else
}
