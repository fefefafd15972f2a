// expect: has no end
#include <pthread.h>

#include "pot.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int count; // guarded by lock
static volatile unsigned turns;

void pot_put(int coins)
{
    while (coins > 0)
        turns++;
}

void pot_take(int coins)
{
    pthread_mutex_lock(&lock);
    while (count < coins)
        pthread_cond_wait(&more, &lock);
    count -= coins;
    pthread_mutex_unlock(&lock);
}

int pot_count(void)
{
    int now;

    pthread_mutex_lock(&lock);
    now = count;
    pthread_mutex_unlock(&lock);
    return now;
}
