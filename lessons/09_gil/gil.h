// gil.h - one lock for a whole interpreter, with a switch interval
//
// Interface: gil_init, gil_take, gil_release, gil_is_asked_for, gil_hand_over.
// Threads: any number; each takes and releases in turn. NULL instead of a lock
// means "without": every function returns at once. Ownership: the caller's.
//
// A thread that wants the lock waits for an interval. If one and the same thread
// had it all that time, it asks for it (is_asked_for). The thread that has it
// looks between two instructions, hands it over and lines up again. CPython has
// done it like this since 3.2 (Python/ceval_gil.c).
#ifndef TELAR_LESSON_GIL_H
#define TELAR_LESSON_GIL_H

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

#include "runtime/must.h"

struct gil {
    pthread_mutex_t mutex;    // guards what follows; held for moments only
    pthread_cond_t freed;     // nobody has the lock now
    pthread_cond_t taken;     // somebody has it now
    bool is_held;             // this is the lock
    long turns;               // how often it has been taken
    long interval_us;         // how long a turn lasts, if another one waits
    atomic_bool is_asked_for; // it should be handed over; read without the
                              // mutex, before each instruction
};

static inline void gil_init(struct gil *gil, long interval_us)
{
    MUST(pthread_mutex_init(&gil->mutex, NULL));
    MUST(pthread_cond_init(&gil->freed, NULL));
    MUST(pthread_cond_init(&gil->taken, NULL));
    gil->is_held = false;
    gil->turns = 0;
    gil->interval_us = interval_us;
    gil->is_asked_for = false;
}

// So far in the future. (The clock on the wall: if somebody sets it, one turn
// is longer or shorter. CPython takes one that nobody can set.)
static inline struct timespec gil_in_us(long us)
{
    struct timespec when;

    MUST(clock_gettime(CLOCK_REALTIME, &when));
    when.tv_sec += us / 1000000;
    when.tv_nsec += us % 1000000 * 1000;
    if (when.tv_nsec >= 1000000000) {
        when.tv_sec++;
        when.tv_nsec -= 1000000000;
    }
    return when;
}

// Waits for at most an interval; if in all of it nobody else had a turn, asks.
static inline void gil_wait(struct gil *gil)
{
    struct timespec end = gil_in_us(gil->interval_us);
    long turn = gil->turns; // [ask]
    int error = pthread_cond_timedwait(&gil->freed, &gil->mutex, &end);
    if (error == ETIMEDOUT && gil->is_held && gil->turns == turn)
        gil->is_asked_for = true;
}

static inline void gil_take(struct gil *gil)
{
    if (!gil)
        return;
    MUST(pthread_mutex_lock(&gil->mutex)); // [take]
    while (gil->is_held)
        gil_wait(gil);
    gil->is_held = true;
    gil->turns++;
    gil->is_asked_for = false;
    MUST(pthread_cond_signal(&gil->taken));
    MUST(pthread_mutex_unlock(&gil->mutex));
}

static inline void gil_release(struct gil *gil)
{
    if (!gil)
        return;
    MUST(pthread_mutex_lock(&gil->mutex));
    gil->is_held = false;
    MUST(pthread_cond_signal(&gil->freed));
    MUST(pthread_mutex_unlock(&gil->mutex));
}

static inline bool gil_is_asked_for(struct gil *gil)
{
    return gil && gil->is_asked_for;
}

// Gives it to another thread, which waits: it has asked. Returns with the lock.
static inline void gil_hand_over(struct gil *gil)
{
    MUST(pthread_mutex_lock(&gil->mutex));
    long mine = gil->turns; // [over]
    gil->is_held = false;
    MUST(pthread_cond_signal(&gil->freed));
    while (gil->turns == mine)
        MUST(pthread_cond_wait(&gil->taken, &gil->mutex));
    MUST(pthread_mutex_unlock(&gil->mutex));
    gil_take(gil);
}

#endif
