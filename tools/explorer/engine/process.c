// process.c - the end of the program, and what it may ask about itself
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/output.h"
#include "tools/explorer/engine/process.h"
#include "tools/explorer/engine/touch.h"

// ---- What runs at the end ---------------------------------------------------

enum { HANDLER_LIMIT = 256 };

struct handler {
    void (*function)(void);
    void (*with_argument)(void *);    // __cxa_atexit
    void (*with_status)(int, void *); // on_exit
    void *argument;
};

static struct handlers {
    uint32_t execution;
    int count;
    struct handler of[HANDLER_LIMIT];
} usual, quick;

static int add(struct handlers *handlers, struct handler handler)
{
    if (handlers->execution != execution_now)
        handlers->count = 0;
    handlers->execution = execution_now;
    if (handlers->count == HANDLER_LIMIT)
        return -1;
    handlers->of[handlers->count++] = handler;
    return 0;
}

// The last one first; each may add others.
static void run(struct handlers *handlers, int status)
{
    while (handlers->execution == execution_now && handlers->count > 0) {
        struct handler handler = handlers->of[--handlers->count];

        if (handler.function)
            handler.function();
        else if (handler.with_status)
            handler.with_status(status, handler.argument);
        else
            handler.with_argument(handler.argument);
    }
}

int weave_atexit(void (*function)(void))
{
    return add(&usual, (struct handler){.function = function});
}

int weave_at_quick_exit(void (*function)(void))
{
    return add(&quick, (struct handler){.function = function});
}

int weave_on_exit(void (*function)(int, void *), void *argument)
{
    return add(&usual,
               (struct handler){.with_status = function, .argument = argument});
}

int weave___cxa_atexit(void (*function)(void *), void *argument, void *object)
{
    (void)object;
    return add(&usual, (struct handler){.with_argument = function,
                                        .argument = argument});
}

void process_exit(int status)
{
    run(&usual, status);
    loom_exit(status);
}

_Noreturn void weave_exit(int status)
{
    process_exit(status);
}

_Noreturn void weave_quick_exit(int status)
{
    run(&quick, status);
    loom_exit(status);
}

_Noreturn void weave__exit(int status)
{
    loom_exit(status);
}

_Noreturn void weave__Exit(int status)
{
    loom_exit(status);
}

// ---- A bad end --------------------------------------------------------------

enum { KILLED = 128 }; // a shell's status of a program that a signal ended

_Noreturn static void die(enum failure_kind kind, int signal, const void *pc,
                          const char *text)
{
    engine_misuse(kind, pc, "%s", text);
    loom_exit(KILLED + signal); // where nobody asked for that kind
}

_Noreturn void weave_abort(void)
{
    die(CRASH, SIGABRT, CALLER, M("abort() was called", "se llamó a abort()"));
}

_Noreturn void process_assertion(const char *text, const void *pc)
{
    die(ASSERTION, SIGABRT, pc, text);
}

_Noreturn static void fail_assertion(const char *what, const char *file,
                                     unsigned line, const void *pc)
{
    char text[200];

    snprintf(text, sizeof text, "assert(%s), %s:%u", what, file, line);
    die(ASSERTION, SIGABRT, pc, text);
}

_Noreturn void weave___assert_fail(const char *expression, const char *file,
                                   unsigned line, const char *function)
{
    (void)function;
    fail_assertion(expression, file, line, CALLER);
}

_Noreturn void weave___assert(const char *expression, const char *file,
                              int line)
{
    fail_assertion(expression, file, (unsigned)line, CALLER);
}

_Noreturn void weave___assert_perror_fail(int reason, const char *file,
                                          unsigned line, const char *function)
{
    (void)function;
    fail_assertion(strerror(reason), file, line, CALLER);
}

_Noreturn void weave___stack_chk_fail(void)
{
    die(OUT_OF_BOUNDS, SIGABRT, CALLER,
        M("a local array was overrun (stack smashing detected)",
          "se desbordó un arreglo local (stack smashing detected)"));
}

_Noreturn void weave___chk_fail(void)
{
    die(OUT_OF_BOUNDS, SIGABRT, CALLER,
        M("more than fits was written (buffer overflow detected)",
          "se escribió más de lo que cabe (buffer overflow detected)"));
}

_Noreturn void weave___fortify_fail(const char *what)
{
    die(OUT_OF_BOUNDS, SIGABRT, CALLER, what);
}

_Noreturn void process_killed(int signal, const char *name, const void *pc)
{
    char text[120];

    snprintf(text, sizeof text,
             M("signal %s (%d), sent by %s", "señal %s (%d), enviada por %s"),
             sigabbrev_np(signal) ? sigabbrev_np(signal) : "?", signal, name);
    die(CRASH, signal, pc, text);
}

// ---- Who and where it is ----------------------------------------------------

enum { PROCESSORS = 2 }; // that it is told of: as many threads, few schedules

int *weave___errno_location(void)
{
    return &TASK->errno_value;
}

pid_t weave_getpid(void)
{
    return PROCESS;
}

pid_t weave_getppid(void)
{
    return 1;
}

pid_t weave_gettid(void)
{
    return PROCESS + task_now;
}

int weave_sched_getcpu(void)
{
    return task_now % PROCESSORS;
}

int weave_get_nprocs(void)
{
    return PROCESSORS;
}

int weave_get_nprocs_conf(void)
{
    return PROCESSORS;
}

long weave_sysconf(int name)
{
    if (name == _SC_NPROCESSORS_ONLN || name == _SC_NPROCESSORS_CONF)
        return PROCESSORS;
    return sysconf(name);
}

// What PTHREAD_STACK_MIN is in glibc.
long weave___sysconf(int name)
{
    return weave_sysconf(name);
}

char *weave_getenv(const char *name)
{
    touch_string(name, CALLER);
    return getenv(name);
}

char *weave_secure_getenv(const char *name)
{
    touch_string(name, CALLER);
    return getenv(name);
}
