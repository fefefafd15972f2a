// barrier.h - a place where threads meet, round after round (given, do not
// edit)
//
// Interface: barrier_init, barrier_wait.
// Threads: exactly `parties` threads use a barrier, each at its own pace.
// Ownership: the caller's; nothing is allocated.
#ifndef BARRIER_H
#define BARRIER_H

#include <pthread.h>
#include <stdbool.h>

struct barrier {
    pthread_mutex_t lock;   // guards what follows
    pthread_cond_t all_met; // a round is over
    int parties;            // how many have to meet: 1 or more
    int arrived;            // how many have come in this round
    unsigned round;         // rounds that are over
};

// Nobody has come yet. (Written for you in barrier.c.)
void barrier_init(struct barrier *barrier, int parties);

// YOU WRITE THIS ONE, in barrier.c.

// Blocks until `parties` threads have called it in this round: then all of them
// go on, and a new round begins. Exactly one of them, the last to come, gets
// true; the others get false. A thread may come again at once, for the next
// round, while others have not yet left this one.
bool barrier_wait(struct barrier *barrier);

#endif
