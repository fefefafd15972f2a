// mutex_stranger.c - unlocks what it may not hold, in some schedules
#include <stdatomic.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_int flag;
static int passed[2];

static void *owner(void *argument)
{
    pthread_mutex_lock(&lock);
    atomic_store(&flag, 1);
    passed[me(argument)] = 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *stranger(void *argument)
{
    if (atomic_load(&flag))
        pthread_mutex_unlock(&lock);
    passed[me(argument)] = 1;
    return NULL;
}

int main(void)
{
    together(owner, stranger, NULL, NULL);
    return 0;
}
