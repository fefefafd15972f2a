// join_each_other.c - two threads that may wait for each other's end
#include "together.h"

static pthread_mutex_t made = PTHREAD_MUTEX_INITIALIZER;
static pthread_t thread[2];
static int x, seen[2], passed[2];

static void *work(void *argument)
{
    int i = me(argument);

    pthread_mutex_lock(&made);
    pthread_mutex_unlock(&made);
    seen[i] = x++;
    if (seen[i] == 0)
        pthread_join(thread[1 - i], NULL);
    passed[i] = 1;
    return NULL;
}

int main(void)
{
    pthread_mutex_lock(&made);
    for (intptr_t i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, work, (void *)i);
    pthread_mutex_unlock(&made);
    pthread_exit(NULL);
}
