// expect: proved
// The kitchen says in a variable that the pizza is ready, and rings.
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

pthread_mutex_t kitchen = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t bell = PTHREAD_COND_INITIALIZER;
bool pizza_ready = false;

void *cook(void *arg)
{
    printf("the pizza is ready\n");
    pthread_mutex_lock(&kitchen);
    pizza_ready = true;
    pthread_cond_signal(&bell);
    pthread_mutex_unlock(&kitchen);
    return NULL;
}

void *waiter(void *arg)
{
    pthread_mutex_lock(&kitchen);
    while (!pizza_ready)
        pthread_cond_wait(&bell, &kitchen);
    pthread_mutex_unlock(&kitchen);
    printf("takes it to the table\n");
    return NULL;
}

int main(void)
{
    pthread_t c, w;

    pthread_create(&w, NULL, waiter, NULL);
    pthread_create(&c, NULL, cook, NULL);
    pthread_join(w, NULL);
    pthread_join(c, NULL);
    return 0;
}
