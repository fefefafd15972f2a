// condition_spurious.c - wakes without a reason, where that is asked for
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int data, seen[2];

static void *wait_once(void *argument)
{
    pthread_mutex_lock(&lock);
    if (!data)
        pthread_cond_wait(&changed, &lock);
    seen[me(argument)] = data + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *give(void *argument)
{
    pthread_mutex_lock(&lock);
    data = 1;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    together(wait_once, wait_once, give, NULL);
    return 0;
}
