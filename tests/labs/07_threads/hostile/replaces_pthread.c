// Brings a pthread_create of its own, so that no thread ever runs.
#include "bank.h"

int pthread_create(pthread_t *restrict thread,
                   const pthread_attr_t *restrict attributes,
                   void *(*start)(void *), void *restrict argument)
{
    (void)thread, (void)attributes, (void)start, (void)argument;
    return 0;
}

int pthread_join(pthread_t thread, void **result)
{
    (void)thread, (void)result;
    return 0;
}

bool bank_deposit(struct bank *bank, int account, long cents)
{
    (void)bank, (void)account, (void)cents;
    return false;
}

bool bank_withdraw(struct bank *bank, int account, long cents)
{
    (void)bank, (void)account, (void)cents;
    return false;
}

long bank_balance(struct bank *bank, int account)
{
    (void)bank, (void)account;
    return -1;
}

bool bank_transfer(struct bank *bank, int from, int to, long cents)
{
    (void)bank, (void)from, (void)to, (void)cents;
    return false;
}

long bank_audit(struct bank *bank)
{
    (void)bank;
    return -1;
}
