// expect: data_race
// Each call makes a mutex of its own, which keeps nobody out.
#include <pthread.h>
#include <stdio.h>

long total = 0;

void add_to_total(long amount)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&lock);
    total += amount;
    pthread_mutex_unlock(&lock);
}

void *cashier(void *arg)
{
    add_to_total(10);
    add_to_total(25);
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, cashier, NULL);
    pthread_create(&b, NULL, cashier, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("total: %ld\n", total);
    return 0;
}
