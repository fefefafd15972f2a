// refused by: barrier_tells_one_that_it_was_last
// tells everybody that it was the last
#include "barrier.h"

void barrier_init(struct barrier *barrier, int parties)
{
    pthread_mutex_init(&barrier->lock, NULL);
    pthread_cond_init(&barrier->all_met, NULL);
    barrier->parties = parties;
    barrier->arrived = 0;
    barrier->round = 0;
}

// Everybody waits for the number of the round to change: unlike `arrived`, it
// never comes back to what it was while somebody is still on the way out.
bool barrier_wait(struct barrier *barrier)
{
    pthread_mutex_lock(&barrier->lock);
    unsigned round = barrier->round;
    bool is_last = ++barrier->arrived == barrier->parties;

    if (is_last) {
        barrier->arrived = 0;
        barrier->round++;
        pthread_cond_broadcast(&barrier->all_met);
    }
    while (barrier->round == round)
        pthread_cond_wait(&barrier->all_met, &barrier->lock);
    pthread_mutex_unlock(&barrier->lock);
    return true;
}
