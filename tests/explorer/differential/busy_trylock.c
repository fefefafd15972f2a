// busy_trylock.c - takes a mutex by trying again and again
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int order[3], count;

static void *enter(void *argument)
{
    while (pthread_mutex_trylock(&lock) != 0)
        ;
    order[count++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(enter, enter, enter, NULL);
    return 0;
}
