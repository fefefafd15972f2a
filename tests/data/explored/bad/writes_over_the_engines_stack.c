// expect: dead local
#include <string.h>
#include <pthread.h>

#include "pot.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static int count; // guarded by lock

static char page[256];

void pot_put(int coins)
{
    char local[8];

    memcpy(local - 100 * coins, page, sizeof page / 4);
    count += local[0];
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
