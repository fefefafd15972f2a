// condition_which_waiter.c - three wait in any order, one signal wakes any
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int waiting, came[3], woken;

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    came[waiting++] = me(argument);
    pthread_cond_wait(&changed, &lock);
    woken = woken * 10 + me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *wake_one(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    if (waiting == 3)
        pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(wait_for_it, wait_for_it, wait_for_it, wake_one);
    return 0;
}
