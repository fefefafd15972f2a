// never_comes_back.c - waits in every function for what never comes
#include "gil.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void leave(void)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_lock(&mutex);
}

void gil_init(struct gil *gil, long interval_us)
{
    (void)gil, (void)interval_us;
}

void gil_take(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_release(struct gil *gil)
{
    (void)gil;
    leave();
}

void gil_check(struct gil *gil)
{
    (void)gil;
    leave();
}
