// refused by: barrier_waits_for_all
// looks at arrived again and again, without the lock
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
    pthread_mutex_unlock(&barrier->lock);

    while (barrier->arrived < barrier->parties)
        ;
    return is_last;
}
