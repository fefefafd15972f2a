// barrier.c - a place where threads meet, round after round
//
// This is a file you write. What its functions promise stands in barrier.h.
#include <stdlib.h>

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
    (void)barrier;

    // Count yourself. Are you the last one of this round?
    // If you are: tell the others, and leave all ready for the next round.
    // If not: sleep. What exactly do you wait for?

    abort(); // "not written yet": take this out
}
