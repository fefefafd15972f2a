// expect: assert|fall|failed
#include <pthread.h>

#include "pot.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int count; // guarded by lock

void pot_put(int coins)
{
    pthread_mutex_lock(&lock);
    count += coins;
    pthread_cond_broadcast(&more);
    pthread_mutex_unlock(&lock);
}

void pot_take(int coins)
{
    pthread_mutex_lock(&lock);
    if (count < coins)
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
