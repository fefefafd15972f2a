// join_under_lock.c - joins a thread that may need the mutex it holds
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int x, y;

static void *work(void *argument)
{
    (void)argument;
    if (x == 0) {
        pthread_mutex_lock(&lock);
        y = 1;
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    x = 1;
    pthread_mutex_lock(&lock);
    pthread_join(thread, NULL);
    pthread_mutex_unlock(&lock);
    return 0;
}
