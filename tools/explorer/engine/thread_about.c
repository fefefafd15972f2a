// thread_about.c - what a thread may ask and say about itself
//
// Names, processors, priorities and cancellation change nothing here; what only
// matters to somebody who cancels or sends signals is accepted.
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/explorer/engine/thread_about.h"
#include "tools/explorer/engine/touch.h"

// ---- Names, processors, priorities ------------------------------------------

enum { PROCESSORS = 2 }; // as process.c says

int weave_pthread_setname_np(pthread_t thread, const char *name)
{
    (void)thread;
    return touch_string(name, CALLER) < 16 ? 0 : ERANGE;
}

int weave_pthread_getname_np(pthread_t thread, char *name, size_t size)
{
    (void)thread;
    if (size == 0)
        return ERANGE;
    touch_write(name, 1, CALLER);
    *name = '\0';
    return 0;
}

int weave_pthread_setaffinity_np(pthread_t thread, size_t size,
                                 const cpu_set_t *processors)
{
    (void)thread;
    touch_read(processors, size, CALLER);
    return 0;
}

static void give_processors(cpu_set_t *processors, size_t size, const void *pc)
{
    touch_write(processors, size, pc);
    memset(processors, 0, size);
    for (size_t i = 0; i < PROCESSORS; i++)
        CPU_SET_S(i, size, processors);
}

int weave_pthread_getaffinity_np(pthread_t thread, size_t size,
                                 cpu_set_t *processors)
{
    (void)thread;
    give_processors(processors, size, CALLER);
    return 0;
}

int weave_sched_setaffinity(pid_t process, size_t size,
                            const cpu_set_t *processors)
{
    (void)process;
    touch_read(processors, size, CALLER);
    return 0;
}

int weave_sched_getaffinity(pid_t process, size_t size, cpu_set_t *processors)
{
    (void)process;
    give_processors(processors, size, CALLER);
    return 0;
}

int weave_pthread_setschedparam(pthread_t thread, int policy,
                                const struct sched_param *given)
{
    (void)thread, (void)policy;
    touch_read(given, sizeof *given, CALLER);
    return 0;
}

int weave_pthread_getschedparam(pthread_t thread, int *policy,
                                struct sched_param *result)
{
    (void)thread;
    touch_write(policy, sizeof *policy, CALLER);
    *policy = SCHED_OTHER;
    touch_write(result, sizeof *result, CALLER);
    memset(result, 0, sizeof *result);
    return 0;
}

int weave_pthread_setschedprio(pthread_t thread, int priority)
{
    (void)thread, (void)priority;
    return 0;
}

int weave_pthread_setconcurrency(int level)
{
    (void)level;
    return 0;
}

int weave_pthread_getconcurrency(void)
{
    return 0;
}

int weave_pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes)
{
    touch_write(attributes, sizeof *attributes, CALLER);
    pthread_attr_init(attributes);
    for (int t = 0; t < task_count; t++)
        if (tasks[t].handle == thread)
            return pthread_attr_setstack(attributes, tasks[t].stack,
                                         STACK_BYTES);
    return ESRCH;
}

// ---- Cancellation and signals that nobody sends -----------------------------

static int swap_state(int *old, int usual, const void *pc)
{
    if (old) {
        touch_write(old, sizeof *old, pc);
        *old = usual;
    }
    return 0;
}

int weave_pthread_setcancelstate(int state, int *old)
{
    (void)state;
    return swap_state(old, PTHREAD_CANCEL_ENABLE, CALLER);
}

int weave_pthread_setcanceltype(int type, int *old)
{
    (void)type;
    return swap_state(old, PTHREAD_CANCEL_DEFERRED, CALLER);
}

void weave_pthread_testcancel(void)
{
}

// ---- pthread_cleanup_push ---------------------------------------------------

// glibc's macro leaves a buffer on the stack: a jump back into it runs the
// routine, which then asks for the next one.
enum { BUFFER_LIMIT = 64 };

static struct {
    uint32_t execution;
    int count;
    __pthread_unwind_buf_t *buffers[BUFFER_LIMIT];
    void *result;
} cleanups[TASK_LIMIT];

void weave___pthread_register_cancel(__pthread_unwind_buf_t *buffer)
{
    if (cleanups[task_now].execution != execution_now)
        cleanups[task_now].count = 0;
    cleanups[task_now].execution = execution_now;
    if (cleanups[task_now].count == BUFFER_LIMIT)
        engine_refuse(M("more than %d pthread_cleanup_push in a thread",
                        "más de %d pthread_cleanup_push en un hilo"),
                      (int)BUFFER_LIMIT);
    cleanups[task_now].buffers[cleanups[task_now].count++] = buffer;
}

void weave___pthread_unregister_cancel(__pthread_unwind_buf_t *buffer)
{
    (void)buffer;
    cleanups[task_now].count--;
}

static void run_cleanup(void)
{
    int last;

    if (cleanups[task_now].execution != execution_now ||
        cleanups[task_now].count == 0)
        return;
    last = --cleanups[task_now].count;
    longjmp((struct __jmp_buf_tag *)(void *)cleanups[task_now].buffers[last],
            1);
}

extern _Noreturn void weave_pthread_exit(void *result);

void weave___pthread_unwind_next(__pthread_unwind_buf_t *buffer)
{
    (void)buffer;
    weave_pthread_exit(cleanups[task_now].result);
}

void cleanup_before_exit(void *result)
{
    cleanups[task_now].result = result;
    run_cleanup();
}
