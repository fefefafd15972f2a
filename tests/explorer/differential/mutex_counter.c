// mutex_counter.c - three threads under one mutex, in any order
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int counter, order[3];

static void *add(void *argument)
{
    pthread_mutex_lock(&lock);
    order[counter++] = me(argument);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(add, add, add, NULL);
    return 0;
}
