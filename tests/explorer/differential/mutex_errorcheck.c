// mutex_errorcheck.c - misuse that is answered with an error
#include "together.h"

static pthread_mutex_t lock;
static int again, stranger, order[2], count;

static void *owner(void *argument)
{
    pthread_mutex_lock(&lock);
    again = pthread_mutex_lock(&lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *other(void *argument)
{
    stranger = pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&lock, &attributes);
    together(owner, other, NULL, NULL);
    return 0;
}
