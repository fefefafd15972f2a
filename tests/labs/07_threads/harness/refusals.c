// refusals.c - what was refused leaves no lock closed for those who come later
#include <assert.h>

#include "bank.h"

static struct bank bank;

static void *ask_too_much(void *unused)
{
    (void)unused;
    bool withdrawn = bank_withdraw(&bank, 0, 1000);
    bool moved = bank_transfer(&bank, 0, 1, 1000);
    assert(!withdrawn);
    assert(!moved);
    return NULL;
}

int main(void)
{
    pthread_t other;

    bank_open(&bank, 2, 100);
    pthread_create(&other, NULL, ask_too_much, NULL);
    bool first = bank_deposit(&bank, 0, 1);
    bool second = bank_deposit(&bank, 1, 2);
    pthread_join(other, NULL);
    long from = bank_balance(&bank, 0);
    long to = bank_balance(&bank, 1);
    assert(first && from == 101);
    assert(second && to == 102);
    return 7; // .status of the promise: here, and nowhere else
}
