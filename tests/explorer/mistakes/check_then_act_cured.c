// expect: proved
// A bank account: asks and withdraws under one hold of the mutex.
#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

struct account {
    pthread_mutex_t lock;
    int balance;
};

struct account account = {PTHREAD_MUTEX_INITIALIZER, 100};

bool withdraw_if_possible(struct account *a, int amount)
{
    bool possible;

    pthread_mutex_lock(&a->lock);
    possible = a->balance >= amount;
    if (possible)
        a->balance -= amount;
    assert(a->balance >= 0);
    pthread_mutex_unlock(&a->lock);
    return possible;
}

void *cash_machine(void *arg)
{
    int amount = *(int *)arg;

    if (!withdraw_if_possible(&account, amount))
        printf("not enough for %d\n", amount);
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
