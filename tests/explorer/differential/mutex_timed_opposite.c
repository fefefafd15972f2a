// mutex_timed_opposite.c - opposite orders, but one of them gives up in time
#include <time.h>

#include "together.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int done[2], result;

static void *forth(void *argument)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&b);
    done[me(argument)] = 1 + done[1];
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
    return NULL;
}

static void *back(void *argument)
{
    struct timespec until = {.tv_sec = 1};

    pthread_mutex_lock(&b);
    result = pthread_mutex_timedlock(&a, &until);
    if (result == 0) {
        done[me(argument)] = 1 + done[0];
        pthread_mutex_unlock(&a);
    }
    pthread_mutex_unlock(&b);
    return NULL;
}

int main(void)
{
    together(forth, back, NULL, NULL);
    return 0;
}
