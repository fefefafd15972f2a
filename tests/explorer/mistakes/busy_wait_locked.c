// expect: livelock,deadlock
// Waits in a loop with the mutex held that the other one needs to end it.
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

atomic_int stock = 0;
pthread_mutex_t shop = PTHREAD_MUTEX_INITIALIZER;

void *customer(void *arg)
{
    pthread_mutex_lock(&shop);
    while (stock == 0)
        ;
    stock--;
    pthread_mutex_unlock(&shop);
    return NULL;
}

void *supplier(void *arg)
{
    pthread_mutex_lock(&shop);
    stock++;
    pthread_mutex_unlock(&shop);
    return NULL;
}

int main(void)
{
    pthread_t c, s;

    pthread_create(&c, NULL, customer, NULL);
    pthread_create(&s, NULL, supplier, NULL);
    pthread_join(c, NULL);
    pthread_join(s, NULL);
    printf("stock: %d\n", stock);
    return 0;
}
