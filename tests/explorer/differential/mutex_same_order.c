// mutex_same_order.c - two mutexes, always in the same order
#include "together.h"

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static int order[3], count;

static void *both(void *argument)
{
    pthread_mutex_lock(&outer);
    pthread_mutex_lock(&inner);
    order[count++] = me(argument);
    pthread_mutex_unlock(&inner);
    pthread_mutex_unlock(&outer);
    return NULL;
}

static void *only_inner(void *argument)
{
    pthread_mutex_lock(&inner);
    order[count++] = me(argument);
    pthread_mutex_unlock(&inner);
    return NULL;
}

int main(void)
{
    together(both, both, only_inner, NULL);
    return 0;
}
