// barrier.c - loops in every function, without an end

#include "barrier.h"

static void leave(void)
{
    for (volatile int i = 0;; i++)
        ;
}

void barrier_init(struct barrier *barrier, int parties)
{
    barrier->parties = parties;
}

bool barrier_wait(struct barrier *barrier)
{
    (void)barrier;
    leave();
    return true;
}
