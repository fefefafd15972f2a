// refused by: barrier_tells_one_that_it_was_last
// an early return without unlock
#include "barrier.h"

void barrier_init(struct barrier *barrier, int parties)
{
    pthread_mutex_init(&barrier->lock, NULL);
    pthread_cond_init(&barrier->all_met, NULL);
    barrier->parties = parties;
    barrier->arrived = 0;
    barrier->round = 0;
}

bool barrier_wait(struct barrier *barrier)
{
    pthread_mutex_lock(&barrier->lock);
    unsigned round = barrier->round;

    if (++barrier->arrived == barrier->parties) {
        barrier->arrived = 0;
        barrier->round++;
        pthread_cond_broadcast(&barrier->all_met);
        return true;
    }
    while (barrier->round == round)
        pthread_cond_wait(&barrier->all_met, &barrier->lock);
    pthread_mutex_unlock(&barrier->lock);
    return false;
}
