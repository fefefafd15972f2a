// rwlock_and_mutex.c - opposite orders of a mutex and a read-write lock
#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int order[3], count;

static void *read_first(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    pthread_mutex_lock(&mutex);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&mutex);
    pthread_rwlock_unlock(&lock);
    return NULL;
}

static void *mutex_first(void *argument)
{
    pthread_mutex_lock(&mutex);
    pthread_rwlock_wrlock(&lock);
    order[count++] = me(argument) + 1;
    pthread_rwlock_unlock(&lock);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

int main(void)
{
    together(read_first, mutex_first, read_first, NULL);
    return 0;
}
