// expect: proved
// The mutex is given back at one place.
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

int seats = 1;
pthread_mutex_t seats_lock = PTHREAD_MUTEX_INITIALIZER;

int reserve(void)
{
    int result = 0;

    pthread_mutex_lock(&seats_lock);
    if (seats == 0) {
        result = -1;
        goto out;
    }
    seats--;
out:
    pthread_mutex_unlock(&seats_lock);
    return result;
}

void *customer(void *arg)
{
    printf("%s\n", reserve() == 0 ? "has a seat" : "sold out");
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, customer, NULL);
    pthread_create(&b, NULL, customer, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(seats == 0);
    return 0;
}
