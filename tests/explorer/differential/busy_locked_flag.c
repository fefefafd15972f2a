// busy_locked_flag.c - looks at a flag under a mutex until it is up
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int flag, data, seen;

static void *give(void *argument)
{
    (void)argument;
    data = 1;
    pthread_mutex_lock(&lock);
    flag = 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *take(void *argument)
{
    int up = 0;

    (void)argument;
    while (!up) {
        pthread_mutex_lock(&lock);
        up = flag;
        pthread_mutex_unlock(&lock);
    }
    seen = data;
    return NULL;
}

int main(void)
{
    together(give, take, NULL, NULL);
    return 0;
}
