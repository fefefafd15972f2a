// expect: assertion
// A bank account: asks for the balance and withdraws, each under the mutex, but
// not both under the same hold of it.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

struct account {
    pthread_mutex_t lock;
    int balance;
};

struct account account = {PTHREAD_MUTEX_INITIALIZER, 100};

int get_balance(struct account *a)
{
    int balance;

    pthread_mutex_lock(&a->lock);
    balance = a->balance;
    pthread_mutex_unlock(&a->lock);
    return balance;
}

void withdraw(struct account *a, int amount)
{
    pthread_mutex_lock(&a->lock);
    a->balance -= amount;
    assert(a->balance >= 0);
    pthread_mutex_unlock(&a->lock);
}

void *cash_machine(void *arg)
{
    int amount = *(int *)arg;

    if (get_balance(&account) >= amount)
        withdraw(&account, amount);
    return NULL;
}

int main(void)
{
    pthread_t machines[2];
    int amounts[2] = {70, 60};

    for (int i = 0; i < 2; i++)
        pthread_create(&machines[i], NULL, cash_machine, &amounts[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(machines[i], NULL);
    printf("balance: %d\n", account.balance);
    return 0;
}
