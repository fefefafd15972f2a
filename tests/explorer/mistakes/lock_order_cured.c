// expect: proved
// Transfers between two accounts lock the one with the lower address first.
#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

typedef struct {
    pthread_mutex_t lock;
    int balance;
} account_t;

account_t ana = {PTHREAD_MUTEX_INITIALIZER, 100};
account_t luis = {PTHREAD_MUTEX_INITIALIZER, 100};

void transfer(account_t *from, account_t *to, int amount)
{
    account_t *first = (uintptr_t)from < (uintptr_t)to ? from : to;
    account_t *second = first == from ? to : from;

    pthread_mutex_lock(&first->lock);
    pthread_mutex_lock(&second->lock);
    from->balance -= amount;
    to->balance += amount;
    pthread_mutex_unlock(&second->lock);
    pthread_mutex_unlock(&first->lock);
}

void *ana_pays(void *arg)
{
    transfer(&ana, &luis, 10);
    return NULL;
}

void *luis_pays(void *arg)
{
    transfer(&luis, &ana, 20);
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, ana_pays, NULL);
    pthread_create(&b, NULL, luis_pays, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(ana.balance == 110 && luis.balance == 90);
    return 0;
}
