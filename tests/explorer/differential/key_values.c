// key_values.c - values of a thread's own, and their destructors
#include "together.h"

static pthread_key_t key;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int destroyed[3], count, seen[3];

static void destroy(void *value)
{
    pthread_mutex_lock(&lock);
    destroyed[count++] = *(int *)value;
    pthread_mutex_unlock(&lock);
}

static void *work(void *argument)
{
    static int number[3] = {1, 2, 3};

    if (pthread_getspecific(key) == NULL)
        pthread_setspecific(key, &number[me(argument)]);
    seen[me(argument)] = *(int *)pthread_getspecific(key);
    if (me(argument) == 1)
        pthread_exit(NULL);
    return NULL;
}

int main(void)
{
    pthread_key_create(&key, destroy);
    together(work, work, work, NULL);
    pthread_key_delete(key);
    return 0;
}
