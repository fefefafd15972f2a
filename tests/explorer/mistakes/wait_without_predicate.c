// expect: lost_wakeup
// The kitchen rings a bell; a waiter who comes later has not heard it.
#include <pthread.h>
#include <stdio.h>

pthread_mutex_t kitchen = PTHREAD_MUTEX_INITIALIZER;
pthread_cond_t bell = PTHREAD_COND_INITIALIZER;

void *cook(void *arg)
{
    printf("the pizza is ready\n");
    pthread_mutex_lock(&kitchen);
    pthread_cond_signal(&bell);
    pthread_mutex_unlock(&kitchen);
    return NULL;
}

void *waiter(void *arg)
{
    pthread_mutex_lock(&kitchen);
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
