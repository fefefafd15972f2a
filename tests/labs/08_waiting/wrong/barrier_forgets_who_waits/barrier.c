// refused by: barrier_waits_for_all
// the last one sets arrived to 0, and the others go back to sleep
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
    bool is_last = ++barrier->arrived == barrier->parties;

    if (is_last) {
        barrier->arrived = 0;
        pthread_cond_broadcast(&barrier->all_met);
    } else {
        while (barrier->arrived < barrier->parties)
            pthread_cond_wait(&barrier->all_met, &barrier->lock);
    }
    pthread_mutex_unlock(&barrier->lock);
    return is_last;
}
