// open_bank.c - a bank is opened and closed (given, do not edit)
#include "bank.h"

void bank_open(struct bank *bank, int count, long cents)
{
    bank->count = count;
    for (int i = 0; i < count; i++) {
        pthread_mutex_init(&bank->accounts[i].lock, NULL);
        bank->accounts[i].balance = cents;
    }
}

void bank_close(struct bank *bank)
{
    for (int i = 0; i < bank->count; i++)
        pthread_mutex_destroy(&bank->accounts[i].lock);
}
