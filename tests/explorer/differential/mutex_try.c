// mutex_try.c - three threads try once
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int got[3], counter;

static void *try(void *argument)
{
    if (pthread_mutex_trylock(&lock) == 0) {
        got[me(argument)] = ++counter;
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    together(try, try, try, NULL);
    return 0;
}
