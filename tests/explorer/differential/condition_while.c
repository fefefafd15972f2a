// condition_while.c - one waits for a predicate, as it should
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, rounds, seen;

static void *wait_for_it(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    while (!ready) {
        rounds++;
        pthread_cond_wait(&changed, &lock);
    }
    seen = ready;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *give(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    together(wait_for_it, give, NULL, NULL);
    return 0;
}
