// expect: proved
// Gives the mutex back each time before it looks again.
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

int stock = 0;
pthread_mutex_t shop = PTHREAD_MUTEX_INITIALIZER;

void *customer(void *arg)
{
    pthread_mutex_lock(&shop);
    while (stock == 0) {
        pthread_mutex_unlock(&shop);
        sched_yield();
        pthread_mutex_lock(&shop);
    }
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
