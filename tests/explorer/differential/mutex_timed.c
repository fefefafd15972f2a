// mutex_timed.c - waits for a mutex, but not for ever
#include <time.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int result[3], order[3], count;

static void *hold(void *argument)
{
    pthread_mutex_lock(&lock);
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *impatient(void *argument)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    result[me(argument)] = pthread_mutex_timedlock(&lock, &until);
    if (result[me(argument)] == 0) {
        order[count++] = me(argument);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    together(hold, impatient, impatient, NULL);
    return 0;
}
