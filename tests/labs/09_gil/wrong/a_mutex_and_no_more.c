// refused by: waiter_asks
// a mutex is held all the time: nobody can ask
#include "gil.h"

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
}

void gil_release(struct gil *gil)
{
    pthread_mutex_unlock(&gil->lock);
}

void gil_check(struct gil *gil)
{
    if (gil->is_asked_for) {
        gil_release(gil);
        gil_take(gil);
    }
}
