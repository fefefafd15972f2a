// condition_signal_or_broadcast.c - one signals, another one broadcasts
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int woken, seen;

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&changed, &lock);
    woken = woken * 10 + me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *wake_one(void *argument)
{
    pthread_cond_signal(&changed);
    return argument;
}

static void *wake_all(void *argument)
{
    pthread_mutex_lock(&lock);
    seen = woken;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    together(wait_for_it, wait_for_it, wake_one, wake_all);
    return 0;
}
