// once_and_lock.c - the routine needs a mutex that a caller may hold
#include "together.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order[4], count, runner;

static void prepare(void)
{
    pthread_mutex_lock(&lock);
    order[count++] = 9;
    pthread_mutex_unlock(&lock);
}

static void *outside(void *argument)
{
    pthread_once(&once, prepare);
    runner = me(argument);
    return NULL;
}

static void *inside(void *argument)
{
    pthread_mutex_lock(&lock);
    order[count++] = me(argument) + 1;
    pthread_once(&once, prepare);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(outside, inside, NULL, NULL);
    return 0;
}
