// withdrawals.c - two threads want 70 of an account that has 100
#include <assert.h>

#include "bank.h"

static struct bank bank;
static bool first_got_it, second_got_it;

static void *take_70(void *got_it)
{
    *(bool *)got_it = bank_withdraw(&bank, 0, 70);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    bank_open(&bank, 1, 100);
    pthread_create(&first, NULL, take_70, &first_got_it);
    pthread_create(&second, NULL, take_70, &second_got_it);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    long balance = bank_balance(&bank, 0);
    assert(balance == 100 - 70);
    assert(first_got_it != second_got_it);
    return 7; // .status of the promise: here, and nowhere else
}
