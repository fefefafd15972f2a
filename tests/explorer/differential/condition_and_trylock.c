// condition_and_trylock.c - one tries the mutex that a waiter gives back
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int woken, tried[2];

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&changed, &lock);
    woken = 1;
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *try(void *argument)
{
    for (int i = 0; i < 2; i++)
        if (pthread_mutex_trylock(&lock) == 0) {
            tried[i] = 1 + woken;
            pthread_cond_signal(&changed);
            pthread_mutex_unlock(&lock);
        }
    return argument;
}

int main(void)
{
    together(wait_for_it, try, NULL, NULL);
    return 0;
}
