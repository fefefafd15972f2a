// condition_timed_loop.c - waits with a limit until the predicate or the limit
#include <errno.h>
#include <time.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, result[2];

static void *wait_for_it(void *argument)
{
    struct timespec until = {.tv_sec = 1};
    int error = 0;

    pthread_mutex_lock(&lock);
    while (!ready && error != ETIMEDOUT)
        error = pthread_cond_timedwait(&changed, &lock, &until);
    result[me(argument)] = error * 10 + ready;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *give(void *argument)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    together(wait_for_it, wait_for_it, give, NULL);
    return 0;
}
