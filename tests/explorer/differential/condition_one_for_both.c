// condition_one_for_both.c - one condition for full and for empty: may stall
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int place, taken;

static void *produce(void *argument)
{
    pthread_mutex_lock(&lock);
    while (place)
        pthread_cond_wait(&changed, &lock);
    place = me(argument) + 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *consume(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    while (!place)
        pthread_cond_wait(&changed, &lock);
    taken = taken * 10 + place;
    place = 0;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(consume, produce, produce, NULL);
    return 0;
}
