// virtual_time.h - clocks that go only when the program looks at them or sleeps
//
// Interface: enum time_limit, time_limit, time_expired, time_reason,
// time_sleep.
// Threads: none. Ownership: times are TASK->time_ns, in nanoseconds since the
// program began; a task inherits them from the one that creates or joins it.
//
// A sleep makes the task later but orders nothing: it is no synchronisation.
#ifndef TELAR_VIRTUAL_TIME_H
#define TELAR_VIRTUAL_TIME_H

#include <stdint.h>
#include <time.h>

enum time_limit {
    LIMIT_AHEAD,
    LIMIT_PAST,   // expires at once
    LIMIT_INVALID // nanoseconds below 0 or not below a second: EINVAL
};

// What a wait of the running task until then is. Reads *until.
enum time_limit time_limit(const struct timespec *until, clockid_t clock,
                           const void *pc);

// Its wait until then has expired: it is so late now.
void time_expired(const struct timespec *until, clockid_t clock);

// Such a wait began as limit and ended with that reason (an error number, 0;
// EBUSY or EAGAIN when it would have had to wait, but did not). Returns what
// the call shall.
int time_reason(enum time_limit limit, int reason, const struct timespec *until,
                clockid_t clock);

// It sleeps so long.
void time_sleep(uint64_t duration_ns, const void *pc);

#endif
