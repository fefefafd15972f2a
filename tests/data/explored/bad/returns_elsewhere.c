// expect: where this function returns
#include <pthread.h>

#include "pot.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int count; // guarded by lock

static void change(long *local, int distance)
{
    local[distance] = (long)pot_count;
}

void pot_put(int coins)
{
    long local = coins;

    change(&local, coins);
    change(&local, coins + 1);
    change(&local, coins + 2);
    change(&local, coins + 3);
    count += coins;
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
