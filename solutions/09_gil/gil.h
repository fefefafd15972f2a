// gil.h - one lock for a whole interpreter (given, do not edit)
//
// Interface: gil_init, gil_sleep, gil_take, gil_release, gil_check.
// Threads: any number. Who takes it releases it; only who has it may call
// gil_check. Ownership: the caller's; nothing is allocated.
#ifndef GIL_H
#define GIL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct gil {
    pthread_mutex_t lock;   // guards what follows; never held for long
    pthread_cond_t changed; // it may be your turn now
    bool is_held;           // somebody has it: all you need at first
    unsigned next_ticket;   // of who comes next (advanced level)
    unsigned turn;          // who has this ticket is next (advanced level)
    long interval_us;       // who waits for so long asks for it; 0: never
    // Who has it should hand it over. Atomic, so that gil_check can look without
    // the lock: that happens between any two instructions.
    atomic_bool is_asked_for;
    // Threads that have come and do not have it yet. (Advanced level. Atomic
    // only so that the grader can look without the lock.)
    atomic_int waiting;
    // That somebody has waited for in vain: gil_sleep counts them.
    atomic_int intervals;
};

// Nobody has it. (Written for you in gil.c.)
void gil_init(struct gil *gil, long interval_us);

// With lock in hand: sleeps until somebody signals changed (or without a reason,
// as pthread_cond_wait may), for an interval at most. Returns false when that is
// over. Others can have lock meanwhile. (Written for you in gil_sleep.c.)
bool gil_sleep(struct gil *gil);

// YOU WRITE THESE THREE, in gil.c.

// Blocks until the calling thread has it; sleeps meanwhile. When an interval
// has gone by, and one and the same thread had it all that time, it asks for it
// (is_asked_for); and goes on waiting. Who takes it has not been asked yet.
// Advanced: who came first gets it first.
void gil_take(struct gil *gil);

// Gives it back: for good, or before a read that may take long. Then one of
// those who wait has it next.
void gil_release(struct gil *gil);

// Between two instructions, by who has it: nothing, unless somebody asks for it.
// Then another one has it before this returns, with it again. Advanced: all who
// wait already have it before.
void gil_check(struct gil *gil);

#endif
