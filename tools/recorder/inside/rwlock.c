// rwlock.c - locks that readers share, and barriers
//
// As mutexes: tried first, REQUEST only where the caller is going to wait.
#include <errno.h>

#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

static uint64_t id_of(const pthread_rwlock_t *lock)
{
    return (uintptr_t)lock | (lock->__data.__shared ? TRACE_SHARED : 0);
}

static int finished(struct writer_task *task, uint16_t kind, uint64_t id,
                    int error)
{
    wait_end(task, error ? TRACE_LOCK_FAIL : kind, id, 0);
    return error;
}

static int tried(struct writer_task *task, uint16_t kind, uint64_t id,
                 int error)
{
    say(task, error ? TRACE_LOCK_FAIL : kind, id, 0);
    return error;
}

// Both with the same words: what is SHARE or LOCK, and the function that tries.
#define LOCK(what, lock, try, call)                                            \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_SYNC);               \
        uint64_t id;                                                           \
                                                                               \
        if (!task)                                                             \
            return call;                                                       \
        id = id_of(lock);                                                      \
        if (REAL(try)(lock) == 0)                                              \
            return tried(task, TRACE_##what##_ACQUIRE, id, 0);                 \
        wait_begin(task, TRACE_##what##_REQUEST, id, 0);                       \
        return finished(task, TRACE_##what##_ACQUIRE, id, call);               \
    } while (0)

#define TRY(what, lock, call)                                                  \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_SYNC);               \
                                                                               \
        return task ? tried(task, TRACE_##what##_ACQUIRE, id_of(lock), call)   \
                    : call;                                                    \
    } while (0)

EXPORT int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    LOCK(SHARE, lock, pthread_rwlock_tryrdlock,
         REAL(pthread_rwlock_rdlock)(lock));
}

EXPORT int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock,
                                      const struct timespec *until)
{
    LOCK(SHARE, lock, pthread_rwlock_tryrdlock,
         REAL(pthread_rwlock_timedrdlock)(lock, until));
}

EXPORT int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *until)
{
    LOCK(SHARE, lock, pthread_rwlock_tryrdlock,
         REAL(pthread_rwlock_clockrdlock)(lock, clock, until));
}

EXPORT int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
    TRY(SHARE, lock, REAL(pthread_rwlock_tryrdlock)(lock));
}

EXPORT int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    LOCK(LOCK, lock, pthread_rwlock_trywrlock,
         REAL(pthread_rwlock_wrlock)(lock));
}

EXPORT int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock,
                                      const struct timespec *until)
{
    LOCK(LOCK, lock, pthread_rwlock_trywrlock,
         REAL(pthread_rwlock_timedwrlock)(lock, until));
}

EXPORT int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *until)
{
    LOCK(LOCK, lock, pthread_rwlock_trywrlock,
         REAL(pthread_rwlock_clockwrlock)(lock, clock, until));
}

EXPORT int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    TRY(LOCK, lock, REAL(pthread_rwlock_trywrlock)(lock));
}

// The call does not tell whether a reader or the writer gives it back; whoever
// follows the trace knows. Said before it: the next one may be faster.
EXPORT int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);

    if (task)
        say(task, TRACE_LOCK_RELEASE, id_of(lock), 0);
    return REAL(pthread_rwlock_unlock)(lock);
}

EXPORT int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);
    int result;

    if (task)
        wait_begin(task, TRACE_BARRIER_WAIT, (uintptr_t)barrier, 0);
    result = REAL(pthread_barrier_wait)(barrier);
    if (task)
        wait_end(task, TRACE_BARRIER_LEAVE, (uintptr_t)barrier, 0);
    return result;
}
