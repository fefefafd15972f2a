// coroutine.c - which coroutine a thread runs, where they change by swapcontext
//
// A context is only a place where registers are kept. Whoever is left while the
// thread runs code of its own is that code, and going back to that place is
// going back to it; any other context is a coroutine, known by its address.
#include <stddef.h>

#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

enum { PLACES = 8 }; // where this thread's own code was left, the latest ones

static _Thread_local struct {
    uint64_t running; // 0: the thread's own code
    const void *own[PLACES];
    unsigned next; // of own
} carried __attribute__((tls_model("initial-exec")));

static int place_of(const void *context)
{
    for (int i = 0; i < PLACES; i++)
        if (carried.own[i] == context)
            return i;
    return -1;
}

static void left_at(const void *context)
{
    int place = place_of(context);

    if (carried.running == 0 && place < 0)
        carried.own[carried.next++ % PLACES] = context;
    else if (carried.running != 0 && place >= 0)
        carried.own[place] = NULL; // a coroutine is kept there now
}

static void go_on(const void *context)
{
    struct writer_task *task = inside_task_for(RECORD_THREADS);

    carried.running = place_of(context) >= 0 ? 0 : (uintptr_t)context;
    if (task)
        say(task, TRACE_CO_RUN, carried.running, 0);
}

EXPORT int swapcontext(ucontext_t *restrict from, const ucontext_t *restrict to)
{
    left_at(from);
    go_on(to);
    return REAL(swapcontext)(from, to);
}

EXPORT int setcontext(const ucontext_t *to)
{
    go_on(to);
    return REAL(setcontext)(to);
}
