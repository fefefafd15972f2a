// gil.h - one lock for a whole interpreter (given, do not edit)
//
// Interface: gil_init, gil_sleep, gil_take, gil_release, gil_check.
// Threads: any number. The thread that takes it releases it, and only that one
// may call gil_check. Ownership: the caller's; nothing is allocated.
#ifndef GIL_H
#define GIL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct gil {
    pthread_mutex_t lock;   // guards what follows; never held for long
    pthread_cond_t changed; // it may be your turn now
    bool is_held;           // somebody has it: all you need at first
    unsigned next_ticket;   // for the next thread that comes (advanced level)
    unsigned turn;          // the ticket whose turn it is (advanced level)
    long interval_us;       // how long a thread waits before it asks; 0: never
    // The thread that has it should hand it over. Atomic, so that gil_check can
    // look without the lock: that happens between any two instructions.
    atomic_bool is_asked_for;
    // Threads that have come and do not have it yet. (Advanced level. Atomic
    // only so that the grader can look without the lock.)
    atomic_int waiting;
    // Intervals that went by without a signal: gil_sleep counts them.
    atomic_int intervals;
};

// Nobody has it. (Written for you in gil.c.)
void gil_init(struct gil *gil, long interval_us);

// Call it with lock held. Sleeps until somebody signals changed (or wakes up for
// no reason, as pthread_cond_wait may), for an interval at most. Returns false
// when that is over. Meanwhile others can have lock. (Written in gil_sleep.c.)
bool gil_sleep(struct gil *gil);

// YOU WRITE THESE THREE, in gil.c.

// Blocks until the calling thread has it; sleeps meanwhile. When an interval
// has gone by, and one and the same thread had it all that time, it asks for it
// (is_asked_for) and goes on waiting. Nobody has asked yet when a thread takes
// it. Advanced: first come, first served.
void gil_take(struct gil *gil);

// Gives it back: for good, or before a read that may take long. One of those
// that wait has it next.
void gil_release(struct gil *gil);

// Called between two instructions by the thread that has it. Does nothing unless
// somebody has asked for it: then another thread has it before this returns, and
// this one has it again. Advanced: all that already wait have it before.
void gil_check(struct gil *gil);

#endif
