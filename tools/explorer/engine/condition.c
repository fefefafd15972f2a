// condition.c - condition variables of POSIX
#include <errno.h>
#include <pthread.h>

#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/posix.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/sync.h"
#include "tools/explorer/engine/virtual_time.h"

static void give_up(struct object *mutex, const void *pc)
{
    if (mutex->state.owner != task_now)
        engine_misuse(LOCK_MISUSE, pc, "%s",
                      M("wait with a mutex that the thread does not hold",
                        "wait con un mutex que el hilo no tiene"));
    if (mutex->state.count > 1) // glibc: it stays locked while the thread waits
        engine_misuse(LOCK_MISUSE, pc,
                      M("wait with a recursive mutex that is locked %d times: "
                        "it gives back one of them",
                        "wait con un mutex recursivo bloqueado %d veces: "
                        "devuelve una sola"),
                      mutex->state.count);
    mutex->state.owner = -1;
    sync_release(mutex);
}

// POSIX: while somebody waits, the condition belongs to the mutex he waits
// with.
static void check_mutex(uint32_t condition, uint32_t mutex, const void *pc)
{
    for (int t = 0; t < task_count; t++)
        if (tasks[t].life == TASK_LIVE && tasks[t].op.kind == OP_COND_SLEEP &&
            tasks[t].op.object == condition && tasks[t].wait_mutex != mutex)
            engine_misuse(LOCK_MISUSE, pc,
                          M("wait with another mutex than that which thread %d "
                            "waits with",
                            "wait con otro mutex que el del hilo %d, que ya "
                            "espera"),
                          t);
}

static void join_waiters(struct object *condition, uint32_t mutex)
{
    condition->state.count++;
    TASK->wait_mutex = mutex;
    TASK->wait_number = condition->waits++;
}

// Is there a wakeup left, without a reason, for each who sleeps?
static bool all_may_wake(void)
{
    int asleep = 1; // the task that runs will be

    for (int t = 0; t < task_count; t++)
        asleep += t != task_now && tasks[t].life == TASK_LIVE &&
                  tasks[t].op.kind == OP_COND_SLEEP;
    return asleep <= loom.left.spurious;
}

// Sleeps until woken. Returns whether it was by the time limit.
static bool sleep_on(uint32_t condition, uint32_t mutex, bool is_timed,
                     const void *pc)
{
    bool expired;

    if (!all_may_wake())
        bound_met(BOUND_SPURIOUS, pc);
    if (is_timed && loom.left.expiries <= 0)
        bound_met(BOUND_EXPIRIES, pc);
    arrive((struct op){.kind = OP_COND_SLEEP,
                       .is_timed = is_timed,
                       .object = condition,
                       .second = BUDGET,
                       .address = objects[condition].address,
                       .pc = pc});
    if (TASK->op.kind == OP_RELOCK) // a signal made it that
        return false;
    expired = TASK->granted == EXPIRE;
    *(expired ? &loom.left.expiries : &loom.left.spurious) -= 1;
    objects[condition].state.count--;
    arrive((struct op){.kind = OP_RELOCK,
                       .object = mutex,
                       .address = objects[mutex].address,
                       .pc = pc});
    return expired;
}

// The limit lies in the past: the mutex is given up and taken again.
static void pass(uint32_t mutex, const void *pc)
{
    arrive((struct op){.kind = OP_RELOCK,
                       .object = mutex,
                       .address = objects[mutex].address,
                       .pc = pc});
}

static int wait_on(const pthread_cond_t *condition,
                   const pthread_mutex_t *mutex, bool is_timed, bool is_late,
                   const void *pc)
{
    uint32_t c = object_named(condition, CONDITION);
    uint32_t m = object_named(mutex, MUTEX);
    int depth = objects[m].state.count;
    bool expired = is_late;

    arrive((struct op){.kind = OP_COND_WAIT,
                       .object = m,
                       .second = c,
                       .address = (uintptr_t)condition,
                       .pc = pc});
    sync_check(c, pc);
    sync_check(m, pc);
    check_mutex(c, m, pc);
    give_up(&objects[m], pc);
    spin_released();
    if (is_late) {
        pass(m, pc);
    } else {
        join_waiters(&objects[c], m);
        expired = sleep_on(c, m, is_timed, pc);
    }
    TASK->held++;
    objects[m].state.owner = (int16_t)task_now;
    objects[m].state.count = depth;
    objects[m].pc = pc;
    sync_acquire(&objects[m]);
    return expired ? ETIMEDOUT : 0;
}

// The waiter that has waited longer than all but `longer` others.
static struct task *waiter(uint32_t condition, int longer)
{
    uint32_t least = 0;
    struct task *found;

    do {
        found = NULL;
        for (int t = 0; t < task_count; t++)
            if (tasks[t].life == TASK_LIVE &&
                tasks[t].op.kind == OP_COND_SLEEP &&
                tasks[t].op.object == condition &&
                tasks[t].wait_number >= least &&
                (!found || tasks[t].wait_number < found->wait_number))
                found = &tasks[t];
        if (found)
            least = found->wait_number + 1;
    } while (found && longer-- > 0);
    return found;
}

static void wake(struct task *task, struct object *condition)
{
    spin_acted();
    condition->state.count--;
    task->op.kind = OP_RELOCK;
    task->op.is_timed = false;
    task->op.object = task->wait_mutex;
    task->op.second = 0;
    task->op.address = objects[task->wait_mutex].address;
    order_after((int)(task - tasks), task_now);
}

int condition_wait(const pthread_cond_t *condition,
                   const pthread_mutex_t *mutex, const struct timespec *until,
                   clockid_t clock, const void *pc)
{
    enum time_limit limit = LIMIT_AHEAD;
    int reason;

    if (until)
        limit = time_limit(until, clock, pc);
    if (limit == LIMIT_INVALID)
        return EINVAL;
    reason = wait_on(condition, mutex, until != NULL, limit == LIMIT_PAST, pc);
    return time_reason(limit, reason, until, clock);
}

// glibc keeps it where pthread_cond_init puts it.
static clockid_t clock_of(const pthread_cond_t *condition)
{
    return condition->__data.__wrefs & 2 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

int weave_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    return condition_wait(condition, mutex, NULL, CLOCK_REALTIME, CALLER);
}

int weave_pthread_cond_timedwait(pthread_cond_t *condition,
                                 pthread_mutex_t *mutex,
                                 const struct timespec *until)
{
    return condition_wait(condition, mutex, until, clock_of(condition), CALLER);
}

int weave_pthread_cond_clockwait(pthread_cond_t *condition,
                                 pthread_mutex_t *mutex, clockid_t clock,
                                 const struct timespec *until)
{
    return condition_wait(condition, mutex, until, clock, CALLER);
}

int condition_signal(const pthread_cond_t *condition, const void *pc)
{
    struct object *object = meet(OP_SIGNAL, condition, CONDITION, pc);
    struct task *task = waiter(TASK->op.object, TASK->granted);

    if (task)
        wake(task, object);
    else
        object->signals_lost++;
    return 0;
}

int weave_pthread_cond_signal(pthread_cond_t *condition)
{
    return condition_signal(condition, CALLER);
}

int condition_broadcast(const pthread_cond_t *condition, const void *pc)
{
    struct object *object = meet(OP_BROADCAST, condition, CONDITION, pc);
    struct task *task;

    if (object->state.count == 0)
        object->signals_lost++;
    while ((task = waiter(TASK->op.object, 0)))
        wake(task, object);
    return 0;
}

int weave_pthread_cond_broadcast(pthread_cond_t *condition)
{
    return condition_broadcast(condition, CALLER);
}

int weave_pthread_cond_init(pthread_cond_t *condition,
                            const pthread_condattr_t *attributes)
{
    object_init(object_named(condition, CONDITION), CONDITION);
    return pthread_cond_init(condition, attributes);
}

int condition_destroy(const pthread_cond_t *condition, const void *pc)
{
    struct object *object = meet(OP_DESTROY, condition, CONDITION, pc);

    if (object->state.count > 0)
        engine_misuse(LOCK_MISUSE, pc,
                      M("destruction of a condition that %d threads wait for",
                        "destrucción de una condición que esperan %d hilos"),
                      object->state.count);
    sync_destroy(object);
    return 0;
}

int weave_pthread_cond_destroy(pthread_cond_t *condition)
{
    return condition_destroy(condition, CALLER);
}
