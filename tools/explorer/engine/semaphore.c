// semaphore.c - semaphores of POSIX
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <string.h>

#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/sync.h"
#include "tools/explorer/engine/touch.h"
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

// ---- Those with a name ------------------------------------------------------

enum { NAMED_LIMIT = 32 };
static struct {
    char name[64]; // "": unlinked, or never made
    sem_t semaphore;
} named[NAMED_LIMIT];
static uint32_t named_execution;
static int named_count;

static int named_so(const char *name)
{
    if (named_execution != execution_now)
        named_count = 0;
    named_execution = execution_now;
    for (int i = 0; i < named_count; i++)
        if (strcmp(named[i].name, name) == 0)
            return i;
    return -1;
}

static sem_t *no_semaphore(int reason)
{
    TASK->errno_value = reason;
    return SEM_FAILED;
}

// None is there when the program begins.
sem_t *weave_sem_open(const char *name, int flags, ...)
{
    unsigned value;
    va_list rest;
    int number;

    if (touch_string(name, CALLER) >= sizeof named->name)
        return no_semaphore(ENAMETOOLONG);
    number = named_so(name);
    if (number >= 0)
        return (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL)
                   ? no_semaphore(EEXIST)
                   : &named[number].semaphore;
    if (!(flags & O_CREAT))
        return no_semaphore(ENOENT);
    if (named_count == NAMED_LIMIT)
        return no_semaphore(EMFILE);
    va_start(rest, flags);
    (void)va_arg(rest, unsigned); // mode
    value = va_arg(rest, unsigned);
    va_end(rest);
    strcpy(named[named_count].name, name);
    weave_sem_init(&named[named_count].semaphore, 0, value);
    return &named[named_count++].semaphore;
}

int weave_sem_close(sem_t *semaphore)
{
    (void)semaphore;
    return 0;
}

int weave_sem_unlink(const char *name)
{
    int number;

    touch_string(name, CALLER);
    number = named_so(name);
    if (number >= 0)
        named[number].name[0] = '\0';
    return result_of(number < 0 ? ENOENT : 0);
}

int weave_sem_destroy(sem_t *semaphore)
{
    sync_destroy(meet(OP_DESTROY, semaphore, SEMAPHORE, CALLER));
    return 0;
}
