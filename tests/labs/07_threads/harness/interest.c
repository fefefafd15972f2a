// interest.c - another program of the bank adds interest, under the account's
// lock, while somebody puts money into one account and takes it out of another
#include <assert.h>

#include "bank.h"

static struct bank bank;

static void *customer(void *unused)
{
    (void)unused;
    bank_deposit(&bank, 0, 50);
    bank_withdraw(&bank, 1, 30);
    return NULL;
}

static void add_interest(struct account *account)
{
    pthread_mutex_lock(&account->lock);
    account->balance += 7;
    pthread_mutex_unlock(&account->lock);
}

int main(void)
{
    pthread_t other;

    bank_open(&bank, 2, 100);
    pthread_create(&other, NULL, customer, NULL);
    add_interest(&bank.accounts[0]);
    add_interest(&bank.accounts[1]);
    pthread_join(other, NULL);
    long first = bank_balance(&bank, 0);
    long second = bank_balance(&bank, 1);
    assert(first == 100 + 50 + 7);
    assert(second == 100 - 30 + 7);
    return 7; // .status of the promise: here, and nowhere else
}
