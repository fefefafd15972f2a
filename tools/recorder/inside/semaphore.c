// semaphore.c - semaphores, named or not
//
// Whoever follows the trace counts with them, so each must be told with its
// value once: at sem_init, or when it is met for the first time (it came by
// fork, by sem_open, or was made before we were there).
#include <errno.h>
#include <stdarg.h>

#include "tools/recorder/inside/fork.h"
#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

enum { TOLD = 256, NAMED = 64 };

// The ids that were told; one that has lost its place is told again.
static _Atomic uint64_t told[TOLD];

// What sem_open gave: each process may have it at another address.
static struct {
    _Atomic uintptr_t at;
    uint64_t id;
} named[NAMED];

// In glibc's own words: the second word of a semaphore, after its value.
static bool is_shared(const sem_t *semaphore)
{
    return ((const int *)semaphore)[2] != 0;
}

static uint64_t id_of(const sem_t *semaphore)
{
    if (!is_shared(semaphore))
        return (uintptr_t)semaphore;
    for (int i = 0; i < NAMED; i++)
        if (atomic_load(&named[i].at) == (uintptr_t)semaphore)
            return named[i].id;
    return (uintptr_t)semaphore | TRACE_SHARED;
}

static _Atomic uint64_t *place_of(uint64_t id)
{
    return &told[(id * UINT64_C(0x9e3779b97f4a7c15)) >> 56];
}

static void tell(struct writer_task *task, uint64_t id, int value)
{
    atomic_store_explicit(place_of(id), id, memory_order_relaxed);
    say(task, TRACE_SEM_INIT, id, (uint64_t)value);
}

static uint64_t meet(struct writer_task *task, sem_t *semaphore)
{
    uint64_t id = id_of(semaphore);
    int value = 0;

    if (likely(atomic_load_explicit(place_of(id), memory_order_relaxed) == id))
        return id;
    REAL(sem_getvalue)(semaphore, &value);
    tell(task, id, value);
    return id;
}

// In a child its private ones are others than its parent's.
void semaphore_forked(void)
{
    for (int i = 0; i < TOLD; i++)
        if (!(told[i] & TRACE_SHARED))
            told[i] = 0;
}

EXPORT int sem_init(sem_t *semaphore, int shared, unsigned value)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);
    int result = REAL(sem_init)(semaphore, shared, value);

    if (task && result == 0)
        tell(task, id_of(semaphore), (int)value);
    return result;
}

static void enter(const sem_t *semaphore, const char *name)
{
    uint64_t id = TRACE_SHARED | trace_name_hash(name) | UINT64_C(1) << 62;

    for (int i = 0; i < NAMED; i++) {
        uintptr_t there = 0;

        if (atomic_compare_exchange_strong(&named[i].at, &there,
                                           (uintptr_t)semaphore) ||
            there == (uintptr_t)semaphore) {
            named[i].id = id;
            return;
        }
    }
}

EXPORT sem_t *sem_open(const char *name, int flags, ...)
{
    mode_t mode;
    unsigned value;
    sem_t *semaphore;
    va_list rest;

    va_start(rest, flags);
    mode = va_arg(rest, mode_t);
    value = va_arg(rest, unsigned);
    va_end(rest);
    semaphore = REAL(sem_open)(name, flags, mode, value);
    if (semaphore != SEM_FAILED && inside_records(RECORD_SYNC))
        enter(semaphore, name);
    return semaphore;
}

static int waited(struct writer_task *task, uint64_t id, int result)
{
    wait_end(task, result ? TRACE_SEM_FAIL : TRACE_SEM_ACQUIRE, id, 0);
    return result;
}

// Tried first: one that is free is one event. These are cancellation points
// even when they need not wait.
static bool taken_at_once(struct writer_task *task, sem_t *semaphore,
                          uint64_t id)
{
    int saved = errno;

    pthread_testcancel();
    if (REAL(sem_trywait)(semaphore) == 0) {
        say(task, TRACE_SEM_ACQUIRE, id, 0);
        return true;
    }
    errno = saved;
    wait_begin(task, TRACE_SEM_REQUEST, id, 0);
    return false;
}

#define WAIT(semaphore, call)                                                  \
    do {                                                                       \
        struct writer_task *task = inside_task_for(RECORD_SYNC);               \
        uint64_t id;                                                           \
                                                                               \
        if (!task)                                                             \
            return call;                                                       \
        id = meet(task, semaphore);                                            \
        if (taken_at_once(task, semaphore, id))                                \
            return 0;                                                          \
        return waited(task, id, call);                                         \
    } while (0)

EXPORT int sem_wait(sem_t *semaphore)
{
    WAIT(semaphore, REAL(sem_wait)(semaphore));
}

EXPORT int sem_timedwait(sem_t *restrict semaphore,
                         const struct timespec *restrict until)
{
    WAIT(semaphore, REAL(sem_timedwait)(semaphore, until));
}

EXPORT int sem_clockwait(sem_t *semaphore, clockid_t clock,
                         const struct timespec *until)
{
    WAIT(semaphore, REAL(sem_clockwait)(semaphore, clock, until));
}

EXPORT int sem_trywait(sem_t *semaphore)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);
    uint64_t id = task ? meet(task, semaphore) : 0;
    int result = REAL(sem_trywait)(semaphore);

    if (task)
        say(task, result ? TRACE_SEM_FAIL : TRACE_SEM_ACQUIRE, id, 0);
    return result;
}

// Said before the call: whoever it wakes may be faster.
EXPORT int sem_post(sem_t *semaphore)
{
    struct writer_task *task = inside_task_for(RECORD_SYNC);

    if (task)
        say(task, TRACE_SEM_POST, meet(task, semaphore), 0);
    return REAL(sem_post)(semaphore);
}
