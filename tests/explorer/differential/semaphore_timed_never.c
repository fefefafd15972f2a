// semaphore_timed_never.c - nobody posts: the limit is the only way out
#include <semaphore.h>
#include <time.h>

#include "together.h"

static sem_t items;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int result, order[2], count;

static void *take(void *argument)
{
    struct timespec until = {.tv_sec = 1};

    result = sem_timedwait(&items, &until);
    pthread_mutex_lock(&lock);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *work(void *argument)
{
    pthread_mutex_lock(&lock);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    sem_init(&items, 0, 0);
    together(take, work, NULL, NULL);
    return 0;
}
