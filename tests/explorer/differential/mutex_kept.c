// mutex_kept.c - a thread ends with its mutex locked
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int count, order[3];

static void *keep(void *argument)
{
    pthread_mutex_lock(&lock);
    order[count++] = me(argument);
    if (count < 2)
        pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(keep, keep, NULL, NULL);
    order[2] = pthread_mutex_trylock(&lock);
    return 0;
}
