// c11.c - the threads of C11, on those of POSIX
#include <errno.h>
#include <stdint.h>
#include <threads.h>

#include "tools/explorer/engine/posix.h"
#include "tools/explorer/engine/touch.h"

// glibc: each of these is its counterpart, and so are their sizes.
static pthread_mutex_t *mutex_of(mtx_t *mutex)
{
    return (pthread_mutex_t *)mutex;
}

static pthread_cond_t *condition_of(cnd_t *condition)
{
    return (pthread_cond_t *)condition;
}

static int result_of(int reason)
{
    switch (reason) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ETIMEDOUT:
        return thrd_timedout;
    case ENOMEM:
    case EAGAIN:
        return thrd_nomem;
    default:
        return thrd_error;
    }
}

// ---- Threads ----------------------------------------------------------------

int weave_thrd_create(thrd_t *handle, thrd_start_t start, void *argument)
{
    // An int comes back where a pointer does: thrd_join takes its lower half.
    void *(*as_posix)(void *) = (void *(*)(void *))(void (*)(void))start;

    return result_of(thread_create(handle, NULL, as_posix, argument, CALLER));
}

int weave_thrd_join(thrd_t handle, int *result)
{
    void *value;
    int reason = thread_join(handle, &value, CALLER);

    if (reason == 0 && result) {
        touch_write(result, sizeof *result, CALLER);
        *result = (int)(intptr_t)value;
    }
    return result_of(reason);
}

extern int weave_pthread_detach(pthread_t handle);
extern _Noreturn void weave_pthread_exit(void *result);

int weave_thrd_detach(thrd_t handle)
{
    return result_of(weave_pthread_detach(handle));
}

_Noreturn void weave_thrd_exit(int result)
{
    weave_pthread_exit((void *)(intptr_t)result);
}

thrd_t weave_thrd_current(void)
{
    return TASK->handle;
}

int weave_thrd_equal(thrd_t a, thrd_t b)
{
    return a == b;
}

void weave_call_once(once_flag *once, void (*routine)(void))
{
    thread_once((pthread_once_t *)once, routine, CALLER);
}

// ---- Mutexes ----------------------------------------------------------------

extern int weave_pthread_mutex_init(pthread_mutex_t *mutex,
                                    const pthread_mutexattr_t *attributes);

int weave_mtx_init(mtx_t *mutex, int type)
{
    pthread_mutexattr_t attributes;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, type & mtx_recursive
                                               ? PTHREAD_MUTEX_RECURSIVE
                                               : PTHREAD_MUTEX_NORMAL);
    return result_of(weave_pthread_mutex_init(mutex_of(mutex), &attributes));
}

int weave_mtx_lock(mtx_t *mutex)
{
    return result_of(mutex_lock(mutex_of(mutex), OP_LOCK, CALLER));
}

int weave_mtx_trylock(mtx_t *mutex)
{
    return result_of(mutex_lock(mutex_of(mutex), OP_TRYLOCK, CALLER));
}

int weave_mtx_timedlock(mtx_t *mutex, const struct timespec *until)
{
    return result_of(
        mutex_lock_until(mutex_of(mutex), until, CLOCK_REALTIME, CALLER));
}

int weave_mtx_unlock(mtx_t *mutex)
{
    return result_of(mutex_unlock(mutex_of(mutex), CALLER));
}

void weave_mtx_destroy(mtx_t *mutex)
{
    mutex_destroy(mutex_of(mutex), CALLER);
}

// ---- Conditions -------------------------------------------------------------

extern int weave_pthread_cond_init(pthread_cond_t *condition,
                                   const pthread_condattr_t *attributes);

int weave_cnd_init(cnd_t *condition)
{
    return result_of(weave_pthread_cond_init(condition_of(condition), NULL));
}

int weave_cnd_wait(cnd_t *condition, mtx_t *mutex)
{
    return result_of(condition_wait(condition_of(condition), mutex_of(mutex),
                                    NULL, CLOCK_REALTIME, CALLER));
}

int weave_cnd_timedwait(cnd_t *condition, mtx_t *mutex,
                        const struct timespec *until)
{
    return result_of(condition_wait(condition_of(condition), mutex_of(mutex),
                                    until, CLOCK_REALTIME, CALLER));
}

int weave_cnd_signal(cnd_t *condition)
{
    return result_of(condition_signal(condition_of(condition), CALLER));
}

int weave_cnd_broadcast(cnd_t *condition)
{
    return result_of(condition_broadcast(condition_of(condition), CALLER));
}

void weave_cnd_destroy(cnd_t *condition)
{
    condition_destroy(condition_of(condition), CALLER);
}

// ---- Values of a thread's own -----------------------------------------------

extern int weave_pthread_key_create(pthread_key_t *key,
                                    void (*destructor)(void *));
extern int weave_pthread_key_delete(pthread_key_t key);
extern int weave_pthread_setspecific(pthread_key_t key, const void *value);
extern void *weave_pthread_getspecific(pthread_key_t key);

int weave_tss_create(tss_t *key, tss_dtor_t destructor)
{
    pthread_key_t created;
    int reason = weave_pthread_key_create(&created, destructor);

    touch_write(key, sizeof *key, CALLER);
    *key = created;
    return result_of(reason);
}

void weave_tss_delete(tss_t key)
{
    weave_pthread_key_delete(key);
}

int weave_tss_set(tss_t key, void *value)
{
    return result_of(weave_pthread_setspecific(key, value));
}

void *weave_tss_get(tss_t key)
{
    return weave_pthread_getspecific(key);
}
