// condition_depth.c - locked twice, a wait gives back one level only: stalls
#include "together.h"

static pthread_mutex_t lock;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, order[3], count;

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *give(void *argument)
{
    pthread_mutex_lock(&lock);
    order[count++] = me(argument) + 1;
    ready = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attributes);
    together(wait_for_it, give, NULL, NULL);
    return 0;
}
