// condition_unlocked_signal.c - the signal comes after the mutex is given back
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, order[3], count;

static void *wait_for_it(void *argument)
{
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    ready--;
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *give_two(void *argument)
{
    for (int i = 0; i < 2; i++) {
        pthread_mutex_lock(&lock);
        ready++;
        pthread_mutex_unlock(&lock);
        pthread_cond_signal(&changed);
    }
    return argument;
}

int main(void)
{
    together(wait_for_it, wait_for_it, give_two, NULL);
    return 0;
}
