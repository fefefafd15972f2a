// condition_broadcast.c - all who wait are woken, and go on in any order
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, order[3], count;

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *give(void *argument)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    order[count++] = me(argument);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(wait_for_it, wait_for_it, give, NULL);
    return 0;
}
