// condition_timed_two.c - one waits with a limit, one without; one signal
#include <time.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int result[2] = {-1, -1}, order[3], count;

static void *limited(void *argument)
{
    struct timespec until = {.tv_sec = 1};

    pthread_mutex_lock(&lock);
    result[0] = pthread_cond_timedwait(&changed, &lock, &until);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *patient(void *argument)
{
    pthread_mutex_lock(&lock);
    result[1] = pthread_cond_wait(&changed, &lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *wake_one(void *argument)
{
    (void)argument;
    pthread_cond_signal(&changed);
    return NULL;
}

int main(void)
{
    together(limited, patient, wake_one, NULL);
    return 0;
}
