// condition.c - conditions, of POSIX and of C11
//
// A cancelled wait owns its mutex again before any clean-up of the program's
// runs, so it says COND_WAKE in a clean-up of its own.
#include <errno.h>

#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

struct waiting {
    struct writer_task *task;
    uint64_t condition, mutex;
};

static uint64_t id_of_mutex(const pthread_mutex_t *mutex)
{
    bool is_shared = (mutex->__data.__kind & 128) != 0;

    return (uintptr_t)mutex | (is_shared ? TRACE_SHARED : 0);
}

// Bit 0 of the count of references says that processes share it.
static uint64_t id_of(const pthread_cond_t *condition)
{
    bool is_shared = (condition->__data.__wrefs & 1) != 0;

    return (uintptr_t)condition | (is_shared ? TRACE_SHARED : 0);
}

static void wait_cancelled(void *at)
{
    const struct waiting *w = at;

    wait_end(w->task, TRACE_COND_WAKE, w->condition, w->mutex);
}

#define WAIT(c, m, call, timeout)                                              \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_SYNC);               \
        struct waiting w = {task, 0, 0};                                       \
        int result;                                                            \
                                                                               \
        if (!task)                                                             \
            return call;                                                       \
        w.condition = id_of((const void *)(c));                                \
        w.mutex = id_of_mutex((const void *)(m));                              \
        wait_begin(task, TRACE_COND_WAIT, w.condition, w.mutex);               \
        items_still_wanted(task);                                              \
        pthread_cleanup_push(wait_cancelled, &w);                              \
        result = call;                                                         \
        pthread_cleanup_pop(0);                                                \
        wait_end(w.task,                                                       \
                 result == (timeout) ? TRACE_COND_TIMEOUT : TRACE_COND_WAKE,   \
                 w.condition, w.mutex);                                        \
        return result;                                                         \
    } while (0)

EXPORT int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    WAIT(condition, mutex, REAL(pthread_cond_wait)(condition, mutex),
         ETIMEDOUT);
}

EXPORT int pthread_cond_timedwait(pthread_cond_t *condition,
                                  pthread_mutex_t *mutex,
                                  const struct timespec *until)
{
    WAIT(condition, mutex,
         REAL(pthread_cond_timedwait)(condition, mutex, until), ETIMEDOUT);
}

EXPORT int pthread_cond_clockwait(pthread_cond_t *condition,
                                  pthread_mutex_t *mutex, clockid_t clock,
                                  const struct timespec *until)
{
    WAIT(condition, mutex,
         REAL(pthread_cond_clockwait)(condition, mutex, clock, until),
         ETIMEDOUT);
}

EXPORT int cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    WAIT(condition, mutex, REAL(cnd_wait)(condition, mutex), thrd_timedout);
}

EXPORT int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex,
                         const struct timespec *restrict until)
{
    WAIT(condition, mutex, REAL(cnd_timedwait)(condition, mutex, until),
         thrd_timedout);
}

// Before the call: whoever it wakes may have gone on when it returns.
static void announce(uint16_t kind, const void *condition)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);

    if (task)
        say(task, kind, id_of(condition), 0);
}

EXPORT int pthread_cond_signal(pthread_cond_t *condition)
{
    announce(TRACE_COND_SIGNAL, condition);
    return REAL(pthread_cond_signal)(condition);
}

EXPORT int pthread_cond_broadcast(pthread_cond_t *condition)
{
    announce(TRACE_COND_BROADCAST, condition);
    return REAL(pthread_cond_broadcast)(condition);
}

EXPORT int cnd_signal(cnd_t *condition)
{
    announce(TRACE_COND_SIGNAL, condition);
    return REAL(cnd_signal)(condition);
}

EXPORT int cnd_broadcast(cnd_t *condition)
{
    announce(TRACE_COND_BROADCAST, condition);
    return REAL(cnd_broadcast)(condition);
}
