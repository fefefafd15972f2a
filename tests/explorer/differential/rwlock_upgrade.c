// rwlock_upgrade.c - wants to write while it still reads: waits for itself
#include "together.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static int data, order[2], count;

static void *upgrade(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    if (data) {
        pthread_rwlock_wrlock(&lock);
        data = 2;
        pthread_rwlock_unlock(&lock);
    }
    pthread_rwlock_unlock(&lock);
    return argument;
}

static void *change(void *argument)
{
    pthread_rwlock_wrlock(&lock);
    data = 1;
    order[count++] = me(argument) + 1;
    pthread_rwlock_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(upgrade, change, NULL, NULL);
    return 0;
}
