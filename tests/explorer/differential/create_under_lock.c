// create_under_lock.c - a thread is made by one who holds its mutex
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order[4], count;

static void *enter(void *argument)
{
    pthread_mutex_lock(&lock);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *parent(void *argument)
{
    pthread_t child;

    pthread_mutex_lock(&lock);
    pthread_create(&child, NULL, enter, (void *)5);
    order[count++] = me(argument) + 1;
    pthread_mutex_unlock(&lock);
    pthread_join(child, NULL);
    return NULL;
}

int main(void)
{
    together(parent, enter, enter, NULL);
    return 0;
}
