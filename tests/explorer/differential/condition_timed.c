// condition_timed.c - a wait with a limit, that may expire before the signal
#include <time.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, result = -1, seen;

static void *wait_for_it(void *argument)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_mutex_lock(&lock);
    if (!ready)
        result = pthread_cond_timedwait(&changed, &lock, &until);
    seen = ready;
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *give(void *argument)
{
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&changed);
    return argument;
}

int main(void)
{
    together(wait_for_it, give, NULL, NULL);
    return 0;
}
