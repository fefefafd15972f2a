// refused by: barrier_waits_for_all
// no while around the wait: a spurious wakeup leaves early
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
        pthread_cond_wait(&barrier->all_met, &barrier->lock);
    }
    pthread_mutex_unlock(&barrier->lock);
    return is_last;
}
