// refused by: threads_take_turns
// remembers who had it and lets nobody else in, ever
#include "gil.h"

static pthread_t owner;

void gil_init(struct gil *gil, long interval_us)
{
    pthread_mutex_init(&gil->lock, NULL);
    pthread_cond_init(&gil->changed, NULL);
    gil->is_held = false;
    gil->next_ticket = 0;
    gil->turn = 0;
    gil->interval_us = interval_us;
    gil->is_asked_for = false;
    gil->waiting = 0;
    gil->intervals = 0;
}

void gil_take(struct gil *gil)
{
    pthread_mutex_lock(&gil->lock);
    while (gil->is_held && !pthread_equal(owner, pthread_self()))
        gil_sleep(gil);
    gil->is_held = true;
    owner = pthread_self();
    pthread_mutex_unlock(&gil->lock);
}

void gil_release(struct gil *gil)
{
    pthread_mutex_lock(&gil->lock);
    pthread_cond_broadcast(&gil->changed);
    pthread_mutex_unlock(&gil->lock);
}

void gil_check(struct gil *gil)
{
    (void)gil;
}
