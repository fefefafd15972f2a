// rwlock_write_as_reader.c - one writes with the lock for reading only
#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int counter, seen[3];

static void *wrong(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    seen[me(argument)] = counter++;
    pthread_rwlock_unlock(&lock);
    return NULL;
}

static void *right(void *argument)
{
    pthread_rwlock_wrlock(&lock);
    seen[me(argument)] = counter++;
    pthread_rwlock_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(wrong, wrong, right, NULL);
    return 0;
}
