// mutex.c - mutexes and spin locks, of POSIX and of C11
//
// A lock that is free at once is one event: LOCK_REQUEST is said only where
// the caller is going to wait. To know that, the lock is tried first where
// trying and then waiting comes to the same as waiting: mutexes of the plain,
// recursive and adaptive sort. Error-checking, robust and priority ones are
// asked for in one go.
#include <errno.h>
#include <linux/futex.h>
#include <sys/single_threaded.h>

#include "tools/recorder/inside/mutex.h"
#include "tools/recorder/inside/raw.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

// Between processes.
static bool is_shared(const pthread_mutex_t *mutex)
{
    return (mutex->__data.__kind & 128) != 0;
}

static uint64_t id_of(const pthread_mutex_t *mutex)
{
    return (uintptr_t)mutex | (is_shared(mutex) ? TRACE_SHARED : 0);
}

// Without the bits for "between processes" and "never elided".
static int sort_of(const pthread_mutex_t *mutex)
{
    return mutex->__data.__kind & ~(128 | 512);
}

static bool is_simple(const pthread_mutex_t *mutex)
{
    switch (sort_of(mutex)) {
    case PTHREAD_MUTEX_TIMED_NP:
    case PTHREAD_MUTEX_RECURSIVE_NP:
    case PTHREAD_MUTEX_ADAPTIVE_NP:
        return true;
    default:
        return false;
    }
}

// A robust mutex whose owner died is had all the same.
static bool is_had(int error)
{
    return error == 0 || error == EOWNERDEAD;
}

// In a process of one thread a mutex of its own that is free stays so: the
// plain call, which glibc makes cheap there, as it does not make trylock.
static int take_or_fail(pthread_mutex_t *mutex)
{
    if (__libc_single_threaded && !is_shared(mutex) &&
        mutex->__data.__lock == 0)
        return REAL(pthread_mutex_lock)(mutex);
    return REAL(pthread_mutex_trylock)(mutex);
}

INLINE bool taken_at_once(struct writer_task *task, pthread_mutex_t *mutex)
{
    uint64_t id = id_of(mutex);

    if (is_simple(mutex) && take_or_fail(mutex) == 0) {
        say_quickly(task, TRACE_LOCK_ACQUIRE, id, 0);
        return true;
    }
    wait_begin(task, TRACE_LOCK_REQUEST, id, 0);
    return false;
}

static int waited(struct writer_task *task, const void *mutex, int error)
{
    uint64_t id = id_of(mutex);

    wait_end(task, is_had(error) ? TRACE_LOCK_ACQUIRE : TRACE_LOCK_FAIL, id, 0);
    return error;
}

static int tried(struct writer_task *task, const void *mutex, int error)
{
    uint64_t id = id_of(mutex);

    say(task, is_had(error) ? TRACE_LOCK_ACQUIRE : TRACE_LOCK_FAIL, id, 0);
    return error;
}

// Those that know their owner refuse to be unlocked by anybody else.
static bool will_be_given_back(const pthread_mutex_t *mutex)
{
    switch (sort_of(mutex)) {
    case PTHREAD_MUTEX_TIMED_NP:
    case PTHREAD_MUTEX_ADAPTIVE_NP:
        return true;
    default:
        return mutex->__data.__owner == inside_self.tid;
    }
}

// Said before the call: the next owner may have it while the call returns.
static void give_back(const pthread_mutex_t *mutex)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);

    if (task && will_be_given_back(mutex))
        say_quickly(task, TRACE_LOCK_RELEASE, id_of(mutex), 0);
}

#define LOCK(mutex, call)                                                      \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_SYNC);               \
                                                                               \
        if (!task)                                                             \
            return call;                                                       \
        if (taken_at_once(task, (pthread_mutex_t *)(mutex)))                   \
            return 0;                                                          \
        return waited(task, mutex, call);                                      \
    } while (0)

#define TRY(mutex, call)                                                       \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_SYNC);               \
                                                                               \
        return task ? tried(task, mutex, call) : call;                         \
    } while (0)

EXPORT int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    LOCK(mutex, REAL(pthread_mutex_lock)(mutex));
}

EXPORT int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    TRY(mutex, REAL(pthread_mutex_trylock)(mutex));
}

EXPORT int pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                   const struct timespec *until)
{
    LOCK(mutex, REAL(pthread_mutex_timedlock)(mutex, until));
}

EXPORT int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t id,
                                   const struct timespec *until)
{
    LOCK(mutex, REAL(pthread_mutex_clocklock)(mutex, id, until));
}

EXPORT int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    give_back(mutex);
    return REAL(pthread_mutex_unlock)(mutex);
}

// The kernel's list of what the thread holds; bit 0 of a link says that the
// lock has priorities.
void mutex_abandon(struct writer_task *task)
{
    struct robust_list_head *head = NULL;
    struct robust_list *link;
    size_t size;

    if (raw_call(SYS_get_robust_list, 0, &head, &size) != 0 || !head)
        return;
    link = head->list.next;
    for (int i = 0; i < 100 && link != &head->list; i++) {
        uintptr_t at = (uintptr_t)link & ~UINT64_C(1);

        say(task, TRACE_LOCK_RELEASE,
            id_of((const void *)(at + (uintptr_t)head->futex_offset)), 0);
        link = ((struct robust_list *)at)->next;
    }
}

// ---- C11: glibc's are mutexes of POSIX inside -------------------------------

EXPORT int mtx_lock(mtx_t *mutex)
{
    LOCK(mutex, REAL(mtx_lock)(mutex));
}

EXPORT int mtx_timedlock(mtx_t *restrict mutex,
                         const struct timespec *restrict until)
{
    LOCK(mutex, REAL(mtx_timedlock)(mutex, until));
}

EXPORT int mtx_trylock(mtx_t *mutex)
{
    TRY(mutex, REAL(mtx_trylock)(mutex));
}

EXPORT int mtx_unlock(mtx_t *mutex)
{
    give_back((pthread_mutex_t *)mutex);
    return REAL(mtx_unlock)(mutex);
}

// ---- Spin locks -------------------------------------------------------------

EXPORT int pthread_spin_lock(pthread_spinlock_t *lock)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);
    uint64_t id = (uintptr_t)lock;
    int error;

    if (!task)
        return REAL(pthread_spin_lock)(lock);
    if (REAL(pthread_spin_trylock)(lock) == 0) {
        say(task, TRACE_LOCK_ACQUIRE, id, 0);
        return 0;
    }
    wait_begin(task, TRACE_LOCK_REQUEST, id, 0);
    error = REAL(pthread_spin_lock)(lock);
    wait_end(task, TRACE_LOCK_ACQUIRE, id, 0);
    return error;
}

EXPORT int pthread_spin_trylock(pthread_spinlock_t *lock)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);
    int error = REAL(pthread_spin_trylock)(lock);

    if (task)
        say(task, error ? TRACE_LOCK_FAIL : TRACE_LOCK_ACQUIRE, (uintptr_t)lock,
            0);
    return error;
}

EXPORT int pthread_spin_unlock(pthread_spinlock_t *lock)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);

    if (task)
        say(task, TRACE_LOCK_RELEASE, (uintptr_t)lock, 0);
    return REAL(pthread_spin_unlock)(lock);
}
