// semaphore.c - semaphores of POSIX
#include <errno.h>
#include <semaphore.h>

#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/sync.h"
#include "tools/explorer/engine/virtual_time.h"

static int result_of(int reason)
{
    if (reason)
        TASK->errno_value = reason;
    return reason ? -1 : 0;
}

// Returns an error number.
static int take(enum op_kind op, const sem_t *semaphore, const void *pc)
{
    struct object *object = meet(op, semaphore, SEMAPHORE, pc);

    if (TASK->granted == EXPIRE) {
        loom.left.expiries--;
        return ETIMEDOUT;
    }
    if (object->state.count == 0) {
        report_fails();
        return EAGAIN;
    }
    object->state.count--;
    object->pc = pc;
    sync_acquire(object);
    return 0;
}

static int take_until(const sem_t *semaphore, const struct timespec *until,
                      clockid_t clock, const void *pc)
{
    enum time_limit limit = time_limit(until, clock, pc);
    enum op_kind op = limit == LIMIT_AHEAD ? OP_SEM_TIMEDWAIT : OP_SEM_TRYWAIT;

    return time_reason(limit, take(op, semaphore, pc), until, clock);
}

int weave_sem_init(sem_t *semaphore, int shared, unsigned value)
{
    struct object *object = &objects[object_named(semaphore, SEMAPHORE)];

    (void)shared;
    object_init((uint32_t)(object - objects), SEMAPHORE);
    object->state.count = (int32_t)value;
    object_write(object, value);
    return 0;
}

int weave_sem_wait(sem_t *semaphore)
{
    return result_of(take(OP_SEM_WAIT, semaphore, CALLER));
}

int weave_sem_trywait(sem_t *semaphore)
{
    return result_of(take(OP_SEM_TRYWAIT, semaphore, CALLER));
}

int weave_sem_timedwait(sem_t *semaphore, const struct timespec *until)
{
    return result_of(take_until(semaphore, until, CLOCK_REALTIME, CALLER));
}

int weave_sem_clockwait(sem_t *semaphore, clockid_t clock,
                        const struct timespec *until)
{
    return result_of(take_until(semaphore, until, clock, CALLER));
}

int weave_sem_post(sem_t *semaphore)
{
    struct object *object = meet(OP_SEM_POST, semaphore, SEMAPHORE, CALLER);

    object->state.count++;
    sync_release(object);
    return 0;
}

int weave_sem_getvalue(sem_t *semaphore, int *value)
{
    *value = meet(OP_SEM_VALUE, semaphore, SEMAPHORE, CALLER)->state.count;
    return 0;
}

int weave_sem_destroy(sem_t *semaphore)
{
    sync_destroy(meet(OP_DESTROY, semaphore, SEMAPHORE, CALLER));
    return 0;
}
