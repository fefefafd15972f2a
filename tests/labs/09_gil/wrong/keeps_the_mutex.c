// refused by: take_and_release
// returns from gil_take with lock in hand
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
    gil->waiting++;
    while (gil->is_held) {
        unsigned turn = gil->turn;
        if (!gil_sleep(gil) && gil->is_held && gil->turn == turn)
            gil->is_asked_for = true;
    }
    gil->waiting--;
    gil->is_held = true;
    gil->turn++;
    gil->is_asked_for = false;
    pthread_cond_broadcast(&gil->changed);
}

void gil_release(struct gil *gil)
{
    pthread_mutex_lock(&gil->lock);
    gil->is_held = false;
    pthread_cond_broadcast(&gil->changed);
    pthread_mutex_unlock(&gil->lock);
}

void gil_check(struct gil *gil)
{
    if (!gil->is_asked_for)
        return;
    pthread_mutex_lock(&gil->lock);
    unsigned turn = gil->turn;
    gil->is_held = false;
    pthread_cond_broadcast(&gil->changed);
    while (gil->turn == turn)
        pthread_cond_wait(&gil->changed, &gil->lock);
    pthread_mutex_unlock(&gil->lock);
    gil_take(gil);
}
