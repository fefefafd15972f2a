// rwlock_timed.c - waits to read and to write, with limits
#include <time.h>

#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int result[3], data;

static void *look(void *argument)
{
    struct timespec until = {.tv_sec = 1};
    int error = pthread_rwlock_timedrdlock(&lock, &until);

    result[me(argument)] = error ? -error : 1 + data;
    if (!error)
        pthread_rwlock_unlock(&lock);
    return NULL;
}

static void *change(void *argument)
{
    struct timespec until = {.tv_sec = 1};
    int error = pthread_rwlock_timedwrlock(&lock, &until);

    result[me(argument)] = error ? -error : ++data;
    if (!error)
        pthread_rwlock_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(look, change, NULL, NULL);
    return 0;
}
