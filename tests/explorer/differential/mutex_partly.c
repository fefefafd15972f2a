// mutex_partly.c - one thread forgets the mutex that the others use
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter, seen[3];

static void *with(void *argument)
{
    pthread_mutex_lock(&lock);
    seen[me(argument)] = counter;
    counter = seen[me(argument)] + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *without(void *argument)
{
    seen[me(argument)] = counter;
    counter = seen[me(argument)] + 10;
    return NULL;
}

int main(void)
{
    together(with, with, without, NULL);
    return 0;
}
