// mutex.c - mutexes and spin locks of POSIX
#include <errno.h>
#include <pthread.h>

#include "runtime/message.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/posix.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/sync.h"
#include "tools/explorer/engine/virtual_time.h"

// glibc keeps the type where an initialiser puts it.
static int type_of(const pthread_mutex_t *mutex)
{
    return mutex->__data.__kind & 3;
}

static bool is_mine(const struct object *object)
{
    return object->state.owner == task_now;
}

static void take(struct object *object, const void *pc)
{
    object->state.owner = (int16_t)task_now;
    object->state.count = 1;
    object->pc = pc;
    TASK->held++;
    sync_acquire(object);
}

// Its owner locks it again; of a normal one that would be for ever.
static int take_again(struct object *object, int type)
{
    if (type != PTHREAD_MUTEX_RECURSIVE)
        return EDEADLK;
    object->state.count++;
    return 0;
}

int mutex_lock(const pthread_mutex_t *mutex, enum op_kind op, const void *pc)
{
    struct object *object = &objects[object_named(mutex, MUTEX)];
    int type = type_of(mutex);

    if (is_mine(object) && type != PTHREAD_MUTEX_NORMAL) {
        meet(OP_TRYLOCK, mutex, MUTEX, pc);
        return take_again(object, type);
    }
    meet(op, mutex, MUTEX, pc);
    if (TASK->granted == EXPIRE) {
        loom.left.expiries--;
        return ETIMEDOUT;
    }
    if (object->state.owner >= 0) {
        report_fails();
        return EBUSY;
    }
    take(object, pc);
    return 0;
}

int mutex_lock_until(const pthread_mutex_t *mutex, const struct timespec *until,
                     clockid_t clock, const void *pc)
{
    enum time_limit limit = time_limit(until, clock, pc);
    enum op_kind op = limit == LIMIT_AHEAD ? OP_TIMEDLOCK : OP_TRYLOCK;

    return time_reason(limit, mutex_lock(mutex, op, pc), until, clock);
}

static void check_owner(const struct object *object, const void *pc)
{
    if (object->state.owner < 0)
        engine_misuse(LOCK_MISUSE, pc, "%s",
                      M("unlock of a mutex that nobody holds",
                        "unlock de un mutex que nadie tiene"));
    if (!is_mine(object))
        engine_misuse(LOCK_MISUSE, pc,
                      M("unlock of a mutex that thread %d holds",
                        "unlock de un mutex que tiene el hilo %d"),
                      object->state.owner);
}

int weave_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    return mutex_lock(mutex, OP_LOCK, CALLER);
}

int weave_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return mutex_lock(mutex, OP_TRYLOCK, CALLER);
}

int weave_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                  const struct timespec *until)
{
    return mutex_lock_until(mutex, until, CLOCK_REALTIME, CALLER);
}

int weave_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                  const struct timespec *until)
{
    return mutex_lock_until(mutex, until, clock, CALLER);
}

int mutex_unlock(const pthread_mutex_t *mutex, const void *pc)
{
    struct object *object = meet(OP_UNLOCK, mutex, MUTEX, pc);

    if (!is_mine(object) && type_of(mutex) == PTHREAD_MUTEX_ERRORCHECK)
        return EPERM;
    check_owner(object, pc);
    if (--object->state.count > 0)
        return 0;
    object->state.owner = -1;
    spin_released();
    sync_release(object);
    return 0;
}

int weave_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    return mutex_unlock(mutex, CALLER);
}

int weave_pthread_mutex_init(pthread_mutex_t *mutex,
                             const pthread_mutexattr_t *attributes)
{
    struct object *object = &objects[object_named(mutex, MUTEX)];

    if (object->state.owner >= 0)
        engine_misuse(LOCK_MISUSE, CALLER, "%s",
                      M("initialisation of a mutex that is held",
                        "inicialización de un mutex que alguien tiene"));
    object_init((uint32_t)(object - objects), MUTEX);
    return pthread_mutex_init(mutex, attributes);
}

int mutex_destroy(const pthread_mutex_t *mutex, const void *pc)
{
    struct object *object = meet(OP_DESTROY, mutex, MUTEX, pc);

    if (object->state.owner >= 0)
        engine_misuse(LOCK_MISUSE, pc,
                      M("destruction of a mutex that thread %d holds",
                        "destrucción de un mutex que tiene el hilo %d"),
                      object->state.owner);
    sync_destroy(object);
    return 0;
}

int weave_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    return mutex_destroy(mutex, CALLER);
}

// A spin lock is a mutex whose owner must not lock it again.
int weave_pthread_spin_init(pthread_spinlock_t *lock_, int shared)
{
    (void)shared;
    object_init(object_named((void *)lock_, SPIN), SPIN);
    return 0;
}

static int spin(enum op_kind op, pthread_spinlock_t *lock_, const void *pc)
{
    struct object *object = meet(op, (void *)lock_, SPIN, pc);

    if (object->state.owner >= 0) {
        report_fails();
        return EBUSY;
    }
    take(object, pc);
    return 0;
}

int weave_pthread_spin_lock(pthread_spinlock_t *lock_)
{
    return spin(OP_LOCK, lock_, CALLER);
}

int weave_pthread_spin_trylock(pthread_spinlock_t *lock_)
{
    return spin(OP_TRYLOCK, lock_, CALLER);
}

int weave_pthread_spin_unlock(pthread_spinlock_t *lock_)
{
    struct object *object = meet(OP_UNLOCK, (void *)lock_, SPIN, CALLER);

    check_owner(object, CALLER);
    object->state.owner = -1;
    spin_released();
    sync_release(object);
    return 0;
}

int weave_pthread_spin_destroy(pthread_spinlock_t *lock_)
{
    sync_destroy(meet(OP_DESTROY, (void *)lock_, SPIN, CALLER));
    return 0;
}
