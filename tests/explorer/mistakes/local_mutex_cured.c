// expect: proved
// All calls share one mutex: it is static.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

long total = 0;

void add_to_total(long amount)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

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
    assert(total == 70);
    return 0;
}
