// thread_local_shared.c - one thread's own variable, reached by another one
#include <stdatomic.h>

#include "together.h"

static _Thread_local int mine;
static int *theirs;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int seen[2];

static void *offer(void *argument)
{
    pthread_mutex_lock(&lock);
    mine = 3;
    theirs = &mine;
    pthread_mutex_unlock(&lock);
    pthread_mutex_lock(&lock);
    seen[me(argument)] = mine;
    theirs = NULL;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *reach(void *argument)
{
    pthread_mutex_lock(&lock);
    if (theirs)
        seen[me(argument)] = (*theirs)++;
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(offer, reach, NULL, NULL);
    return 0;
}
