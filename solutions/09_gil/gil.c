// gil.c - one lock for a whole interpreter; first come, first served
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
    unsigned ticket = gil->next_ticket++;
    gil->waiting++;
    while (gil->turn != ticket) {
        unsigned turn = gil->turn;
        if (!gil_sleep(gil) && gil->turn == turn)
            gil->is_asked_for = true; // the same thread, for an interval
    }
    gil->waiting--;
    gil->is_held = true;
    pthread_mutex_unlock(&gil->lock);
}

void gil_release(struct gil *gil)
{
    pthread_mutex_lock(&gil->lock);
    gil->is_held = false;
    gil->is_asked_for = false; // that was me; the next one begins anew
    gil->turn++;
    pthread_cond_broadcast(&gil->changed); // only one of them has the ticket
    pthread_mutex_unlock(&gil->lock);
}

void gil_check(struct gil *gil)
{
    if (gil->is_asked_for) {
        gil_release(gil);
        gil_take(gil); // behind all that already wait
    }
}
