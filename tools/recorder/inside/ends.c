// ends.c - notices that a thread or the process ends
#include <limits.h>

#include "tools/recorder/inside/ends.h"
#include "tools/recorder/inside/real.h"

static pthread_key_t key;
static bool has_key;
static int quick_status;

static int exit_status(int code)
{
    return (code & 0xff) << 8;
}

// Under --calls the call that ends a thread or process says it: libc makes
// others before.
static void end(int status)
{
    if (!inside_self.armed)
        inside_end(status);
}

// In the last round of the destructors, after those of the program.
static void thread_is_over(void *self)
{
    if (++inside_self.rounds < PTHREAD_DESTRUCTOR_ITERATIONS)
        pthread_setspecific(key, self);
    else
        end(0);
}

static void end_process(int code)
{
    inside_measure_others();
    end(exit_status(code));
}

static void process_is_over(int code, void *unused)
{
    (void)unused;
    end_process(code);
}

static void process_is_quickly_over(void)
{
    end_process(quick_status);
}

void ends_thread(void)
{
    if (has_key)
        pthread_setspecific(key, &inside_self);
}

// Registered before the program can register any, so they come last.
void ends_begin(void)
{
    has_key = pthread_key_create(&key, thread_is_over) == 0;
    ends_thread();
    on_exit(process_is_over, NULL);
    at_quick_exit(process_is_quickly_over);
}

EXPORT void quick_exit(int code)
{
    quick_status = code;
    REAL(quick_exit)(code);
    __builtin_unreachable();
}

EXPORT void _exit(int code)
{
    if (inside.what && inside_self.depth == 0)
        end_process(code);
    else if (inside.what)
        end(exit_status(code)); // a child by vfork: the threads are not its own
    REAL(_exit)(code);
    __builtin_unreachable();
}

EXPORT void _Exit(int code)
{
    _exit(code);
}
