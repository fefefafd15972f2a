// condition_two_signals.c - two who wait, two who signal, none asks
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int woken[2], count;

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&changed, &lock);
    woken[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *wake_one(void *argument)
{
    pthread_cond_signal(&changed);
    return argument;
}

int main(void)
{
    together(wait_for_it, wait_for_it, wake_one, wake_one);
    return 0;
}
