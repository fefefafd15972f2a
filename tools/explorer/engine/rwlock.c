// rwlock.c - read-write locks of POSIX
#include <errno.h>
#include <pthread.h>

#include "runtime/message.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/sync.h"
#include "tools/explorer/engine/virtual_time.h"

static bool expired(void)
{
    if (TASK->granted != EXPIRE)
        return false;
    loom.left.expiries--;
    return true;
}

static int read_lock(enum op_kind op, pthread_rwlock_t *lock, const void *pc)
{
    struct object *object = &objects[object_named(lock, READ_WRITE)];

    if (object->state.owner == task_now && op != OP_TRY_READ_LOCK)
        return EDEADLK;
    meet(op, lock, READ_WRITE, pc);
    if (expired())
        return ETIMEDOUT;
    if (object->state.owner >= 0) {
        report_fails();
        return EBUSY;
    }
    object->state.count++;
    TASK->held++;
    object->holders |= set_of(task_now);
    object->pc = pc;
    sync_acquire(object);
    return 0;
}

static int write_lock(enum op_kind op, pthread_rwlock_t *lock, const void *pc)
{
    struct object *object = &objects[object_named(lock, READ_WRITE)];

    if (object->state.owner == task_now && op != OP_TRY_WRITE_LOCK)
        return EDEADLK;
    meet(op, lock, READ_WRITE, pc);
    if (expired())
        return ETIMEDOUT;
    if (object->state.owner >= 0 || object->state.count > 0) {
        report_fails();
        return EBUSY;
    }
    object->state.owner = (int16_t)task_now;
    TASK->held++;
    object->pc = pc;
    sync_acquire(object);
    clock_join(&TASK->sync, &object->readers);
    return 0;
}

static int read_lock_until(pthread_rwlock_t *lock, const struct timespec *until,
                           clockid_t clock, const void *pc)
{
    enum time_limit limit = time_limit(until, clock, pc);
    enum op_kind op =
        limit == LIMIT_AHEAD ? OP_TIMED_READ_LOCK : OP_TRY_READ_LOCK;

    return time_reason(limit, read_lock(op, lock, pc), until, clock);
}

static int write_lock_until(pthread_rwlock_t *lock,
                            const struct timespec *until, clockid_t clock,
                            const void *pc)
{
    enum time_limit limit = time_limit(until, clock, pc);
    enum op_kind op =
        limit == LIMIT_AHEAD ? OP_TIMED_WRITE_LOCK : OP_TRY_WRITE_LOCK;

    return time_reason(limit, write_lock(op, lock, pc), until, clock);
}

static void read_unlock(struct object *object)
{
    if (--object->state.count == 0)
        object->holders = 0;
    TASK->sync.of[task_now]++;
    clock_join(&object->readers, &TASK->sync);
}

int weave_pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    return read_lock(OP_READ_LOCK, lock, CALLER);
}

int weave_pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
    return read_lock(OP_TRY_READ_LOCK, lock, CALLER);
}

int weave_pthread_rwlock_timedrdlock(pthread_rwlock_t *lock,
                                     const struct timespec *until)
{
    return read_lock_until(lock, until, CLOCK_REALTIME, CALLER);
}

int weave_pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    return write_lock(OP_WRITE_LOCK, lock, CALLER);
}

int weave_pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    return write_lock(OP_TRY_WRITE_LOCK, lock, CALLER);
}

int weave_pthread_rwlock_timedwrlock(pthread_rwlock_t *lock,
                                     const struct timespec *until)
{
    return write_lock_until(lock, until, CLOCK_REALTIME, CALLER);
}

int weave_pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                                     const struct timespec *until)
{
    return read_lock_until(lock, until, clock, CALLER);
}

int weave_pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                                     const struct timespec *until)
{
    return write_lock_until(lock, until, clock, CALLER);
}

int weave_pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    struct object *object =
        meet(OP_READ_WRITE_UNLOCK, lock, READ_WRITE, CALLER);

    if (object->state.owner == task_now) {
        object->state.owner = -1;
        sync_release(object);
    } else if (set_has(object->holders, task_now) && object->state.count > 0) {
        read_unlock(object);
    } else {
        engine_misuse(LOCK_MISUSE, CALLER, "%s",
                      M("unlock of a read-write lock that the thread does "
                        "not hold",
                        "unlock de un cerrojo de lectura y escritura que el "
                        "hilo no tiene"));
    }
    spin_released();
    return 0;
}

int weave_pthread_rwlock_init(pthread_rwlock_t *lock,
                              const pthread_rwlockattr_t *attributes)
{
    (void)attributes;
    object_init(object_named(lock, READ_WRITE), READ_WRITE);
    return 0;
}

int weave_pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
    struct object *object = meet(OP_DESTROY, lock, READ_WRITE, CALLER);

    if (object->state.owner >= 0 || object->state.count > 0)
        engine_misuse(LOCK_MISUSE, CALLER, "%s",
                      M("destruction of a read-write lock that is held",
                        "destrucción de un cerrojo de lectura y escritura "
                        "que alguien tiene"));
    sync_destroy(object);
    return 0;
}
