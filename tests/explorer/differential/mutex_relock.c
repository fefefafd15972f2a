// mutex_relock.c - the owner of a normal mutex locks it again
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int flag, passed[2];

static void *careless(void *argument)
{
    pthread_mutex_lock(&lock);
    if (flag)
        pthread_mutex_lock(&lock);
    passed[me(argument)] = 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *set(void *argument)
{
    pthread_mutex_lock(&lock);
    flag = 1;
    passed[me(argument)] = 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(careless, set, NULL, NULL);
    return 0;
}
