// rwlock_try.c - who tries to read or to write, and who gets it
#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int result[3], data;

static void *try_read(void *argument)
{
    if (pthread_rwlock_tryrdlock(&lock) == 0) {
        result[me(argument)] = 1 + data;
        pthread_rwlock_unlock(&lock);
    }
    return NULL;
}

static void *try_write(void *argument)
{
    if (pthread_rwlock_trywrlock(&lock) == 0) {
        result[me(argument)] = ++data;
        pthread_rwlock_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    together(try_read, try_write, try_write, NULL);
    return 0;
}
