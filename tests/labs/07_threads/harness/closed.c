// closed.c - an inspector holds one account; the others must go on meanwhile
//
// One thread needs the account that is held, and has to wait. The inspector
// lets go only when a transfer between two other accounts is done: whoever
// makes that one wait for the first one stops the whole bank.
#include <assert.h>

#include "bank.h"

static struct bank bank;

static void *needs_the_account(void *unused)
{
    (void)unused;
    bool done = bank_transfer(&bank, 1, 0, 10);
    assert(done);
    return NULL;
}

static void *has_nothing_to_do_with_it(void *unused)
{
    (void)unused;
    bool done = bank_transfer(&bank, 3, 2, 20);
    assert(done);
    return NULL;
}

int main(void)
{
    pthread_t waits, goes_on;

    bank_open(&bank, 4, 100);
    pthread_mutex_lock(&bank.accounts[0].lock); // the inspector
    long balance = bank.accounts[0].balance;
    pthread_create(&waits, NULL, needs_the_account, NULL);
    pthread_create(&goes_on, NULL, has_nothing_to_do_with_it, NULL);
    pthread_join(goes_on, NULL);
    assert(bank.accounts[0].balance == balance); // as it was all the time
    pthread_mutex_unlock(&bank.accounts[0].lock);
    pthread_join(waits, NULL);
    long total = bank_audit(&bank);
    assert(total == 4 * 100);
    return 7; // .status of the promise: here, and nowhere else
}
