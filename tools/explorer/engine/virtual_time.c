// virtual_time.c - clocks that go only when the program looks at them or sleeps
#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/touch.h"
#include "tools/explorer/engine/virtual_time.h"

#define SECOND UINT64_C(1000000000) // in nanoseconds
#define HOUR (3600 * SECOND)

enum {
    FIRST_SECOND = 1767225600, // 2026-01-01 00:00:00 UTC
    UPTIME = 1000,             // seconds
    LOOK_NS = 1000,
    GROWTH = 16,
};

// ---- Looking at the clock ---------------------------------------------------

// A loop that waits for a moment looks again and again at the same place: each
// time, more has gone by, and it ends after a few turns.
static struct look {
    uint32_t execution;
    const void *pc;
    uint64_t step_ns;
} looks[TASK_LIMIT];

static uint64_t look(const void *pc)
{
    struct look *last = &looks[task_now];
    bool is_same = last->execution == execution_now && last->pc == pc;

    last->step_ns = is_same ? last->step_ns * GROWTH : LOOK_NS;
    if (last->step_ns > HOUR)
        last->step_ns = HOUR;
    last->execution = execution_now;
    last->pc = pc;
    bound_met(BOUND_CLOCK, pc);
    return TASK->time_ns += last->step_ns;
}

// Of the program's beginning, on that clock.
static uint64_t origin_of(clockid_t clock)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_TAI:
        return FIRST_SECOND * SECOND;
    case CLOCK_PROCESS_CPUTIME_ID:
    case CLOCK_THREAD_CPUTIME_ID:
        return 0;
    default:
        return UPTIME * SECOND;
    }
}

static struct timespec timespec_of(uint64_t time_ns)
{
    return (struct timespec){.tv_sec = (time_t)(time_ns / SECOND),
                             .tv_nsec = (long)(time_ns % SECOND)};
}

static void give(struct timespec *result, uint64_t time_ns, const void *pc)
{
    touch_write(result, sizeof *result, pc);
    *result = timespec_of(time_ns);
}

int weave_clock_gettime(clockid_t clock, struct timespec *result)
{
    give(result, origin_of(clock) + look(CALLER), CALLER);
    return 0;
}

int weave_timespec_get(struct timespec *result, int base)
{
    if (base != TIME_UTC)
        return 0;
    give(result, origin_of(CLOCK_REALTIME) + look(CALLER), CALLER);
    return base;
}

int weave_clock_getres(clockid_t clock, struct timespec *result)
{
    (void)clock;
    if (result)
        give(result, 1, CALLER);
    return 0;
}

int weave_gettimeofday(struct timeval *result, void *zone)
{
    uint64_t now = origin_of(CLOCK_REALTIME) + look(CALLER);

    (void)zone;
    touch_write(result, sizeof *result, CALLER);
    result->tv_sec = (time_t)(now / SECOND);
    result->tv_usec = (suseconds_t)(now % SECOND / 1000);
    return 0;
}

time_t weave_time(time_t *result)
{
    time_t now = (time_t)((origin_of(CLOCK_REALTIME) + look(CALLER)) / SECOND);

    if (result) {
        touch_write(result, sizeof *result, CALLER);
        *result = now;
    }
    return now;
}

clock_t weave_clock(void)
{
    return (clock_t)(look(CALLER) / 1000);
}

// ---- Waiting for it ---------------------------------------------------------

static bool is_valid(const struct timespec *time)
{
    return time->tv_nsec >= 0 && time->tv_nsec < (long)SECOND;
}

// As TASK->time_ns is; 0 when it lies before the program began.
static uint64_t moment(const struct timespec *time, clockid_t clock)
{
    uint64_t origin = origin_of(clock), since;

    if (time->tv_sec < 0 || time->tv_sec > (time_t)(INT64_MAX / SECOND) - 1)
        return time->tv_sec < 0 ? 0 : INT64_MAX;
    since = (uint64_t)time->tv_sec * SECOND + (uint64_t)time->tv_nsec;
    return since > origin ? since - origin : 0;
}

enum time_limit time_limit(const struct timespec *until, clockid_t clock,
                           const void *pc)
{
    touch_read(until, sizeof *until, pc);
    if (!is_valid(until))
        return LIMIT_INVALID;
    return moment(until, clock) <= TASK->time_ns ? LIMIT_PAST : LIMIT_AHEAD;
}

void time_expired(const struct timespec *until, clockid_t clock)
{
    uint64_t end = moment(until, clock);

    if (end > TASK->time_ns)
        TASK->time_ns = end;
}

int time_reason(enum time_limit limit, int reason, const struct timespec *until,
                clockid_t clock)
{
    if (reason == ETIMEDOUT)
        time_expired(until, clock);
    if ((reason != EBUSY && reason != EAGAIN) || limit == LIMIT_AHEAD)
        return reason;
    return limit == LIMIT_PAST ? ETIMEDOUT : EINVAL;
}

void time_sleep(uint64_t duration_ns, const void *pc)
{
    TASK->time_ns +=
        duration_ns < INT64_MAX / 1024 ? duration_ns : INT64_MAX / 1024;
    report_note(OP_SLEEP, 0, 0, pc);
}

static int sleep_until(const struct timespec *until, clockid_t clock,
                       const void *pc)
{
    if (time_limit(until, clock, pc) == LIMIT_INVALID)
        return EINVAL;
    time_expired(until, clock);
    time_sleep(0, pc);
    return 0;
}

static int sleep_for(const struct timespec *duration, const void *pc)
{
    touch_read(duration, sizeof *duration, pc);
    if (!is_valid(duration) || duration->tv_sec < 0)
        return EINVAL;
    time_sleep(duration->tv_sec > (time_t)(INT64_MAX / SECOND) - 1
                   ? INT64_MAX
                   : (uint64_t)duration->tv_sec * SECOND +
                         (uint64_t)duration->tv_nsec,
               pc);
    return 0;
}

int weave_nanosleep(const struct timespec *duration, struct timespec *rest)
{
    int reason = sleep_for(duration, CALLER);

    (void)rest;
    if (reason)
        TASK->errno_value = reason;
    return reason ? -1 : 0;
}

int weave_clock_nanosleep(clockid_t clock, int flags,
                          const struct timespec *time, struct timespec *rest)
{
    (void)rest;
    return flags & TIMER_ABSTIME ? sleep_until(time, clock, CALLER)
                                 : sleep_for(time, CALLER);
}

int weave_thrd_sleep(const struct timespec *duration, struct timespec *rest)
{
    (void)rest;
    return sleep_for(duration, CALLER) ? -2 : 0;
}

int weave_usleep(useconds_t duration_us)
{
    time_sleep((uint64_t)duration_us * 1000, CALLER);
    return 0;
}

unsigned weave_sleep(unsigned seconds)
{
    time_sleep(seconds * SECOND, CALLER);
    return 0;
}

int weave_sched_yield(void)
{
    report_note(OP_YIELD, 0, 0, CALLER);
    return 0;
}

int weave_pthread_yield(void)
{
    report_note(OP_YIELD, 0, 0, CALLER);
    return 0;
}

void weave_thrd_yield(void)
{
    report_note(OP_YIELD, 0, 0, CALLER);
}
