// expect: deadlock
// Transfers between two accounts lock the payer first, then the payee.
#include <pthread.h>
#include <stdio.h>

typedef struct {
    pthread_mutex_t lock;
    int balance;
} account_t;

account_t ana = {PTHREAD_MUTEX_INITIALIZER, 100};
account_t luis = {PTHREAD_MUTEX_INITIALIZER, 100};

void transfer(account_t *from, account_t *to, int amount)
{
    pthread_mutex_lock(&from->lock);
    pthread_mutex_lock(&to->lock);
    from->balance -= amount;
    to->balance += amount;
    pthread_mutex_unlock(&to->lock);
    pthread_mutex_unlock(&from->lock);
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
    printf("%d %d\n", ana.balance, luis.balance);
    return 0;
}
