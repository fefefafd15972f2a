// condition_predicate_outside.c - the predicate is asked without the mutex
#include <stdatomic.h>

#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static atomic_int ready;
static int passed;

static void *wait_for_it(void *argument)
{
    if (!atomic_load(&ready)) {
        pthread_mutex_lock(&lock);
        pthread_cond_wait(&changed, &lock);
        pthread_mutex_unlock(&lock);
    }
    passed = 1;
    return argument;
}

static void *give(void *argument)
{
    atomic_store(&ready, 1);
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    together(wait_for_it, give, NULL, NULL);
    return 0;
}
