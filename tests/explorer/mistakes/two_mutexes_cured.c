// expect: proved
// Deposits and withdrawals take the mutex of the balance.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

int balance = 100;
pthread_mutex_t balance_lock = PTHREAD_MUTEX_INITIALIZER;

void *deposit(void *arg)
{
    pthread_mutex_lock(&balance_lock);
    balance += 50;
    pthread_mutex_unlock(&balance_lock);
    return NULL;
}

void *withdraw(void *arg)
{
    pthread_mutex_lock(&balance_lock);
    balance -= 30;
    pthread_mutex_unlock(&balance_lock);
    return NULL;
}

int main(void)
{
    pthread_t d, w;

    pthread_create(&d, NULL, deposit, NULL);
    pthread_create(&w, NULL, withdraw, NULL);
    pthread_join(d, NULL);
    pthread_join(w, NULL);
    assert(balance == 120);
    return 0;
}
