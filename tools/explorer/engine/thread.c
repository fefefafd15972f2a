// thread.c - threads of POSIX: create, join, exit, once, keys
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "tools/explorer/engine/access.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/posix.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/sync.h"
#include "tools/explorer/engine/thread_about.h"

static struct task *task_of(pthread_t handle)
{
    for (int t = 0; t < task_count; t++)
        if (tasks[t].handle == handle)
            return &tasks[t];
    return NULL;
}

// With room for few, the driver tries the engine that has room for more.
_Noreturn static void stop_creating(const void *pc)
{
    if (TASK_LIMIT == 32)
        engine_refuse_at(pc, M("more than %d threads", "más de %d hilos"),
                         TASK_LIMIT);
    bound_met(BOUND_THREADS, pc);
    loom_stop(pc);
}

int thread_create(pthread_t *handle, const pthread_attr_t *attributes,
                  void *(*start)(void *), void *argument, const void *pc)
{
    struct task *task;
    int detached = PTHREAD_CREATE_JOINABLE;

    TASK->sync.of[task_now]++;
    TASK->family.of[task_now]++;
    task = task_new(start, argument);
    if (!task)
        stop_creating(pc);
    if (attributes)
        pthread_attr_getdetachstate(attributes, &detached);
    task->is_detached = detached == PTHREAD_CREATE_DETACHED;
    task->created_at = pc;
    access_plain((uintptr_t)handle, sizeof *handle, OP_WRITE, pc);
    *handle = task->handle;
    report_note(OP_CREATE, (uintptr_t)(task - tasks), 0, pc);
    spin_acted();
    arrive((struct op){.kind = OP_CONTINUE, .pc = pc});
    return 0;
}

int weave_pthread_create(pthread_t *handle, const pthread_attr_t *attributes,
                         void *(*start)(void *), void *argument)
{
    return thread_create(handle, attributes, start, argument, CALLER);
}

int thread_join(pthread_t handle, void **result, const void *pc)
{
    struct task *task = task_of(handle);

    if (!task)
        return ESRCH;
    if (task == TASK)
        return EDEADLK;
    if (task->is_detached || task->is_joined)
        engine_misuse(LOCK_MISUSE, pc,
                      task->is_joined
                          ? M("join of a thread that was joined already",
                              "join de un hilo al que ya se le hizo join")
                          : M("join of a thread that is detached",
                              "join de un hilo separado (detached)"));
    task->is_joined = true;
    arrive((struct op){
        .kind = OP_JOIN, .object = (uint32_t)(task - tasks), .pc = pc});
    task_inherit(TASK, task);
    if (task->time_ns > TASK->time_ns)
        TASK->time_ns = task->time_ns;
    spin_acted();
    if (result)
        *result = task->result;
    return 0;
}

int weave_pthread_join(pthread_t handle, void **result)
{
    void *value;
    int reason = thread_join(handle, &value, CALLER);

    if (reason || !result)
        return reason;
    access_plain((uintptr_t)result, sizeof *result, OP_WRITE, CALLER);
    *result = value;
    return 0;
}

int weave_pthread_detach(pthread_t handle)
{
    struct task *task = task_of(handle);

    if (!task || task->is_joined)
        return ESRCH;
    if (task->is_detached)
        return EINVAL;
    task->is_detached = true;
    return 0;
}

pthread_t weave_pthread_self(void)
{
    return TASK->handle;
}

int weave_pthread_equal(pthread_t a, pthread_t b)
{
    return a == b;
}

// ---- Values of a thread's own -----------------------------------------------

enum { KEY_LIMIT = 64 };
static void (*destructors[KEY_LIMIT])(void *);
static bool key_taken[KEY_LIMIT];
static void *values[TASK_LIMIT][KEY_LIMIT];
static uint32_t keys_execution;
static bool values_used;

static void keys_renew(void)
{
    if (keys_execution == execution_now)
        return;
    keys_execution = execution_now;
    memset(key_taken, 0, sizeof key_taken);
    if (values_used)
        memset(values, 0, sizeof values);
    values_used = false;
}

int weave_pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
    keys_renew();
    for (unsigned k = 0; k < KEY_LIMIT; k++)
        if (!key_taken[k]) {
            key_taken[k] = true;
            destructors[k] = destructor;
            *key = k;
            return 0;
        }
    return EAGAIN;
}

int weave_pthread_key_delete(pthread_key_t key)
{
    keys_renew();
    if (key >= KEY_LIMIT || !key_taken[key])
        return EINVAL;
    key_taken[key] = false;
    return 0;
}

int weave_pthread_setspecific(pthread_key_t key, const void *value)
{
    keys_renew();
    if (key >= KEY_LIMIT || !key_taken[key])
        return EINVAL;
    values_used = true;
    values[task_now][key] = (void *)value;
    return 0;
}

void *weave_pthread_getspecific(pthread_key_t key)
{
    keys_renew();
    return key < KEY_LIMIT ? values[task_now][key] : NULL;
}

// POSIX: until none is left, at least PTHREAD_DESTRUCTOR_ITERATIONS times.
static void destroy_values(void)
{
    bool again = true;

    keys_renew();
    for (int round = 0; again && values_used && round < 4; round++) {
        again = false;
        for (int k = 0; k < KEY_LIMIT; k++) {
            void *value = values[task_now][k];

            values[task_now][k] = NULL;
            if (value && key_taken[k] && destructors[k]) {
                destructors[k](value);
                again = true;
            }
        }
    }
}

void *thread_run(struct task *task)
{
    void *result = task->start(task->argument);

    destroy_values();
    return result;
}

_Noreturn void weave_pthread_exit(void *result)
{
    cleanup_before_exit(result);
    destroy_values();
    TASK->result = result;
    task_end();
}

// ---- Once -------------------------------------------------------------------

int thread_once(pthread_once_t *once, void (*routine)(void), const void *pc)
{
    struct object *object = meet(OP_ONCE, once, ONCE_OBJECT, pc);

    if (object->state.count == 0) {
        object->state.count = 1;
        routine();
        meet(OP_ONCE_DONE, once, ONCE_OBJECT, pc);
        object->state.count = 2;
        sync_release(object);
    }
    sync_acquire(object);
    return 0;
}

int weave_pthread_once(pthread_once_t *once, void (*routine)(void))
{
    return thread_once(once, routine, CALLER);
}

// ---- Barriers ---------------------------------------------------------------

int weave_pthread_barrier_init(pthread_barrier_t *barrier,
                               const pthread_barrierattr_t *attributes,
                               unsigned count)
{
    (void)attributes;
    if (count == 0)
        return EINVAL;
    object_init(object_named(barrier, BARRIER_OBJECT), BARRIER_OBJECT)->limit =
        (int32_t)count;
    return 0;
}

static void open_barrier(struct object *object)
{
    object->state.count = 0;
    object->round++;
    for (int t = 0; t < task_count; t++)
        if (tasks[t].life == TASK_LIVE && tasks[t].op.kind == OP_LEAVE &&
            &objects[tasks[t].op.object] == object)
            order_after(t, task_now);
}

int weave_pthread_barrier_wait(pthread_barrier_t *barrier)
{
    struct object *object = meet(OP_BARRIER, barrier, BARRIER_OBJECT, CALLER);
    bool is_last = ++object->state.count == object->limit;

    if (object->limit == 0)
        engine_misuse(LOCK_MISUSE, CALLER, "%s",
                      M("a barrier that was not initialised",
                        "una barrera que no se inicializó"));
    sync_release(object);
    if (is_last)
        open_barrier(object);
    else
        arrive((struct op){.kind = OP_LEAVE,
                           .object = TASK->op.object,
                           .size = object->round,
                           .address = (uintptr_t)barrier,
                           .pc = CALLER});
    sync_acquire(object);
    return is_last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

int weave_pthread_barrier_destroy(pthread_barrier_t *barrier)
{
    struct object *object = meet(OP_DESTROY, barrier, BARRIER_OBJECT, CALLER);

    if (object->state.count > 0)
        engine_misuse(LOCK_MISUSE, CALLER,
                      M("destruction of a barrier that %d threads wait at",
                        "destrucción de una barrera en la que esperan %d"),
                      object->state.count);
    sync_destroy(object);
    return 0;
}
