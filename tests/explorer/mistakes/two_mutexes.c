// expect: data_race
// Deposits take one mutex, withdrawals another one; the balance is the same.
#include <pthread.h>
#include <stdio.h>

int balance = 100;
pthread_mutex_t deposit_lock = PTHREAD_MUTEX_INITIALIZER;
pthread_mutex_t withdraw_lock = PTHREAD_MUTEX_INITIALIZER;

void *deposit(void *arg)
{
    pthread_mutex_lock(&deposit_lock);
    balance += 50;
    pthread_mutex_unlock(&deposit_lock);
    return NULL;
}

void *withdraw(void *arg)
{
    pthread_mutex_lock(&withdraw_lock);
    balance -= 30;
    pthread_mutex_unlock(&withdraw_lock);
    return NULL;
}

int main(void)
{
    pthread_t d, w;

    pthread_create(&d, NULL, deposit, NULL);
    pthread_create(&w, NULL, withdraw, NULL);
    pthread_join(d, NULL);
    pthread_join(w, NULL);
    printf("balance: %d\n", balance);
    return 0;
}
