// sleep.c - sleeps, yields, and waits for a signal
#include <errno.h>

#include "tools/recorder/inside/block.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

static uint64_t ns_of(const struct timespec *time)
{
    if (!time)
        return 0; // the call will say so
    return (uint64_t)time->tv_sec * 1000000000u + (uint64_t)time->tv_nsec;
}

#define SLEEP(type, ns, call)                                                  \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_SLEEP);              \
        type result;                                                           \
                                                                               \
        if (task)                                                              \
            wait_begin(task, TRACE_SLEEP_BEGIN, 0, ns);                        \
        result = call;                                                         \
        if (task)                                                              \
            wait_end(task, TRACE_SLEEP_END, 0, 0);                             \
        return result;                                                         \
    } while (0)

EXPORT int nanosleep(const struct timespec *time, struct timespec *rest)
{
    SLEEP(int, ns_of(time), REAL(nanosleep)(time, rest));
}

EXPORT int usleep(useconds_t us)
{
    SLEEP(int, us *UINT64_C(1000), REAL(usleep)(us));
}

EXPORT unsigned sleep(unsigned seconds)
{
    SLEEP(unsigned, seconds *UINT64_C(1000000000), REAL(sleep)(seconds));
}

EXPORT int thrd_sleep(const struct timespec *time, struct timespec *rest)
{
    SLEEP(int, ns_of(time), REAL(thrd_sleep)(time, rest));
}

// How long until a time of some clock, as far as the vDSO knows that clock.
static uint64_t ns_until(clockid_t clock, const struct timespec *until)
{
    struct timespec now = {0};

    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return 0;
    clock_gettime(clock, &now);
    return ns_of(until) > ns_of(&now) ? ns_of(until) - ns_of(&now) : 0;
}

EXPORT int clock_nanosleep(clockid_t clock, int flags,
                           const struct timespec *time, struct timespec *rest)
{
    SLEEP(int, flags &TIMER_ABSTIME ? ns_until(clock, time) : ns_of(time),
          REAL(clock_nanosleep)(clock, flags, time, rest));
}

static void yield(void)
{
    struct writer_task *task = inside_task_for(RECORD_SLEEP);

    if (task)
        say(task, TRACE_YIELD, 0, 0);
}

EXPORT int sched_yield(void)
{
    yield();
    return REAL(sched_yield)();
}

EXPORT void thrd_yield(void)
{
    yield();
    REAL(thrd_yield)();
}

EXPORT int pause(void)
{
    BLOCK(RECORD_SLEEP, "pause", int, REAL(pause)());
}

EXPORT int sigsuspend(const sigset_t *mask)
{
    BLOCK(RECORD_SLEEP, "sigsuspend", int, REAL(sigsuspend)(mask));
}

EXPORT int sigwait(const sigset_t *restrict set, int *restrict number)
{
    BLOCK(RECORD_SLEEP, "sigwait", int, REAL(sigwait)(set, number));
}

EXPORT int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info)
{
    BLOCK(RECORD_SLEEP, "sigwaitinfo", int, REAL(sigwaitinfo)(set, info));
}

EXPORT int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
                        const struct timespec *restrict time)
{
    BLOCK(RECORD_SLEEP, "sigtimedwait", int,
          REAL(sigtimedwait)(set, info, time));
}
