// condition_no_predicate.c - waits without asking: the signal may be lost
#include "together.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int data, seen;

static void *wait_for_it(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    pthread_cond_wait(&changed, &lock);
    seen = data + 1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void *give(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    data = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&changed);
    return NULL;
}

int main(void)
{
    together(wait_for_it, give, NULL, NULL);
    return 0;
}
