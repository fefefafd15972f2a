// mutex_recursive.c - locked twice by its owner; the other one tries
#include "together.h"

static pthread_mutex_t lock;
static int order[4], count, tried;

static void *twice(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *try(void *argument)
{
    if (pthread_mutex_trylock(&lock) == 0) {
        order[count++] = me(argument);
        pthread_mutex_unlock(&lock);
        tried = 1;
    } else {
        tried = 2;
    }
    return NULL;
}

int main(void)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
    together(twice, twice, try, NULL);
    return 0;
}
