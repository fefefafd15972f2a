// condition_if.c - two take one item each; if where while belongs
#include <assert.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static int items, order[2], count;

static void *take(void *argument)
{
    pthread_mutex_lock(&lock);
    if (items == 0)
        pthread_cond_wait(&filled, &lock);
    items--;
    order[count++] = me(argument);
    assert(items >= 0);
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *put(void *argument)
{
    pthread_mutex_lock(&lock);
    items++;
    pthread_cond_signal(&filled);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    together(take, take, put, NULL);
    return 0;
}
