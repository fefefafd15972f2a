// try_bank.c - two people pay each other while somebody adds it all up
//
// Yours to change; the grader does not look at it. In this folder:
//     cc -D_GNU_SOURCE -Wall -Wextra -g -pthread -o try_bank *.c && ./try_bank
// and through every interleaving, from the folder of the project:
//     ./telar explore labs/07_threads/*.c
#include <assert.h>
#include <stdio.h>

#include "bank.h"

static struct bank bank;

static void *pay(void *unused)
{
    (void)unused;
    bank_transfer(&bank, 0, 1, 30);
    return NULL;
}

static void *pay_back(void *unused)
{
    (void)unused;
    bank_transfer(&bank, 1, 0, 20);
    return NULL;
}

int main(void)
{
    pthread_t first, second;

    bank_open(&bank, 2, 100);
    pthread_create(&first, NULL, pay, NULL);
    pthread_create(&second, NULL, pay_back, NULL);
    long meanwhile = bank_audit(&bank);
    pthread_join(first, NULL);
    pthread_join(second, NULL);

    printf("account 0: %ld, account 1: %ld, total meanwhile: %ld\n",
           bank_balance(&bank, 0), bank_balance(&bank, 1), meanwhile);
    assert(meanwhile == 200);
    bank_close(&bank);
    return 0;
}
