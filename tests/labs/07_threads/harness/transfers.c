// transfers.c - two threads want to move 70 out of an account that has 100
#include <assert.h>

#include "bank.h"

static struct bank bank;
static bool first_done, second_done;

static void *move_70(void *done)
{
    *(bool *)done = bank_transfer(&bank, 0, 1, 70);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    bank_open(&bank, 2, 100);
    pthread_create(&first, NULL, move_70, &first_done);
    pthread_create(&second, NULL, move_70, &second_done);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
    long from = bank_balance(&bank, 0);
    long to = bank_balance(&bank, 1);
    assert(from == 100 - 70);
    assert(to == 100 + 70);
    assert(first_done != second_done);
    return 7; // .status of the promise: here, and nowhere else
}
