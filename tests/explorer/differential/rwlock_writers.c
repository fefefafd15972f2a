// rwlock_writers.c - three who write, in any order
#include "together.h"

static pthread_rwlock_t lock;
static int order[3], count;

static void *change(void *argument)
{
    pthread_rwlock_wrlock(&lock);
    order[count++] = me(argument);
    pthread_rwlock_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_rwlock_init(&lock, NULL);
    together(change, change, change, NULL);
    pthread_rwlock_destroy(&lock);
    return 0;
}
