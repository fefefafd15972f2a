// audit.c - somebody adds it all up while money moves: out of the last account
// into the first, and out of the first into the second
#include <assert.h>

#include "bank.h"

static struct bank bank;

static void *last_to_first(void *unused)
{
    (void)unused;
    bool done = bank_transfer(&bank, 2, 0, 30);
    assert(done);
    return NULL;
}

static void *first_to_second(void *unused)
{
    (void)unused;
    bool done = bank_transfer(&bank, 0, 1, 20);
    assert(done);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    bank_open(&bank, 3, 100);
    pthread_create(&first, NULL, last_to_first, NULL);
    pthread_create(&second, NULL, first_to_second, NULL);
    long total = bank_audit(&bank);
    assert(total == 3 * 100);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    total = bank_audit(&bank);
    assert(total == 3 * 100);
    return 7; // .status of the promise: here, and nowhere else
}
