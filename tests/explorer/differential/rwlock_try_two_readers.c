// rwlock_try_two_readers.c - one who writes fails while any of two reads
#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int tried[2], data, seen[3];

static void *look(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    seen[me(argument)] = data;
    pthread_rwlock_unlock(&lock);
    return NULL;
}

static void *try_write(void *argument)
{
    (void)argument;
    for (int i = 0; i < 2; i++)
        if ((tried[i] = pthread_rwlock_trywrlock(&lock)) == 0) {
            data++;
            pthread_rwlock_unlock(&lock);
        }
    return NULL;
}

int main(void)
{
    together(look, look, try_write, NULL);
    return 0;
}
