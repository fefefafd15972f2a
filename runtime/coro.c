// coro.c - functions that stop half way and go on later, on stacks of their own
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/coro_switch.h"
#include "runtime/message.h"
#include "runtime/must.h"

enum { DEFAULT_BYTES = 60 * 1024, SIGNAL_BYTES = 64 * 1024 };

bool coro_fast;

static _Thread_local struct coro outside; // the thread, out of all coroutines
static _Thread_local struct coro *running;
static atomic_ulong created;
static struct sigaction before; // what a SIGSEGV did before us

// ---- Mistakes, by name ------------------------------------------------------

static const char *state_name(enum coro_state state)
{
    switch (state) {
    case CORO_SUSPENDED:
        return M("suspended", "suspendida");
    case CORO_RUNNING:
        return M("running", "en marcha");
    case CORO_RESUMING:
        return M("waiting for one that it resumed",
                 "esperando a otra que ella reanudó");
    default:
        return M("dead", "muerta");
    }
}

// Out of the way of those who make no mistake: a switch is 3 ns.
#define COLD __attribute__((noreturn, cold, noinline))

static COLD void misuse(const char *mistake, const struct coro *coro)
{
    if (coro)
        fprintf(stderr,
                M("coro: %s (number %lu, %s)\n", //
                  "coro: %s (la número %lu, %s)\n"),
                mistake, coro->number, state_name(coro->state));
    else
        fprintf(stderr, "coro: %s\n", mistake);
    abort();
}

static COLD void refuse_resume(const struct coro *coro)
{
    lang_set(NULL);
    if (!coro)
        misuse(M("resume of NULL, which is no coroutine",
                 "se reanuda NULL, que no es ninguna corrutina"),
               NULL);
    if (coro->state != CORO_SUSPENDED)
        misuse(M("resume of a coroutine that is not suspended",
                 "se reanuda una corrutina que no está suspendida"),
               coro);
    misuse(M("resume of a coroutine of another thread",
             "se reanuda una corrutina de otro hilo"),
           coro);
}

static COLD void refuse_create(void)
{
    lang_set(NULL);
    misuse(M("create of a coroutine without a function (entry is NULL)",
             "se crea una corrutina sin función (entry es NULL)"),
           NULL);
}

static COLD void refuse_yield(void)
{
    lang_set(NULL);
    misuse(M("yield outside of a coroutine", "se cede fuera de una corrutina"),
           NULL);
}

static COLD void refuse_destroy(const struct coro *coro)
{
    lang_set(NULL);
    misuse(M("destroy of a coroutine that is not suspended or dead",
             "se destruye una corrutina que no está suspendida ni muerta"),
           coro);
}

// ---- A stack that overflows -------------------------------------------------

// On a stack of its own, because the coroutine's has no room left. A fault that
// is none of ours happens again after this, and goes the way it went before.
static void tell_overflow(int number, siginfo_t *info, void *unused)
{
    char text[200];
    int size;

    (void)unused;
    if (!running || !coro_stack_guards(&running->stack, info->si_addr)) {
        sigaction(number, &before, NULL);
        return;
    }
    lang_set(NULL);
    size = snprintf(text, sizeof text,
                    M("coro: stack overflow in coroutine %lu (of %zu KiB)\n",
                      "coro: desbordamiento de pila en la corrutina %lu "
                      "(de %zu KiB)\n"),
                    running->number, running->stack.bytes / 1024);
    if (write(STDERR_FILENO, text, (size_t)size) < 0) {
        // Nowhere to say it: the signal that follows is all there is.
    }
    abort();
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t signal_stack; // of each thread

static void give_back(void *stack)
{
    MUST(sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL));
    munmap(stack, SIGNAL_BYTES);
}

static void watch_overflow(void)
{
    struct sigaction ours = {.sa_sigaction = tell_overflow,
                             .sa_flags = SA_SIGINFO | SA_ONSTACK};

    MUST(pthread_key_create(&signal_stack, give_back));
    MUST(sigaction(SIGSEGV, &ours, &before));
}

// A sanitizer has given the thread a signal stack already.
static bool have_signal_stack(void)
{
    stack_t own = {.ss_size = SIGNAL_BYTES}, is;

    MUST(sigaltstack(NULL, &is));
    if (!(is.ss_flags & SS_DISABLE))
        return true;
    own.ss_sp = mmap(NULL, SIGNAL_BYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (own.ss_sp == MAP_FAILED)
        return false;
    MUST(sigaltstack(&own, NULL));
    MUST(pthread_setspecific(signal_stack, own.ss_sp));
    return true;
}

static bool prepare_thread(void)
{
    MUST(pthread_once(&once, watch_overflow));
    if (!have_signal_stack())
        return false;
    outside.thread = &outside;
    outside.state = CORO_RUNNING;
    fiber_of_thread(&outside.fiber);
    running = &outside;
    return true;
}

// ---- From one to another ----------------------------------------------------

// Goes on with `to`; returns when somebody goes on with `from`.
static inline void go(struct coro *from, struct coro *to, bool fast)
{
    running = to;
    fiber_leave(&from->fiber, &to->fiber, &to->stack, from->state == CORO_DEAD);
    if (fast)
        coro_switch(&from->pointer, to->pointer);
    else
        MUST(swapcontext(&from->context, &to->context));
    fiber_arrive(&from->fiber, NULL);
}

// What a new stack begins with. It never returns: nobody is above it.
static void begin(void)
{
    struct coro *me = running;

    fiber_arrive(&me->fiber, &me->resumer->stack);
    me->entry(me->argument);
    me->state = CORO_DEAD;
    me->resumer->state = CORO_RUNNING;
    go(me, me->resumer, me->fast);
}

void coro_resume(struct coro *coro)
{
    struct coro *me = running;

    if (!coro || coro->state != CORO_SUSPENDED || !me ||
        coro->thread != me->thread)
        refuse_resume(coro);
    coro->resumer = me;
    me->state = CORO_RESUMING;
    coro->state = CORO_RUNNING;
    go(me, coro, coro->fast);
}

void coro_yield(void)
{
    struct coro *me = running;

    if (!me || me == me->thread)
        refuse_yield();
    me->state = CORO_SUSPENDED;
    me->resumer->state = CORO_RUNNING;
    go(me, me->resumer, me->fast);
}

// ---- From birth to death ----------------------------------------------------

static void prepare(struct coro *coro)
{
    char *low = coro->stack.low;
    size_t bytes = (size_t)((char *)coro - low);

    if (coro->fast) {
        coro->pointer = coro_switch_prepare(low, bytes, begin);
        return;
    }
    MUST(getcontext(&coro->context));
    coro->context.uc_stack.ss_sp = low;
    coro->context.uc_stack.ss_size = bytes;
    makecontext(&coro->context, begin, 0);
}

struct coro *coro_create(void (*entry)(void *), void *argument,
                         size_t stack_bytes)
{
    struct coro_stack stack;
    struct coro *coro;

    if (!entry)
        refuse_create();
    if (!running && !prepare_thread())
        return NULL;
    if (stack_bytes == 0)
        stack_bytes = DEFAULT_BYTES;
    if (!coro_stack_take(stack_bytes, &stack))
        return NULL;
    coro = (struct coro *)(stack.low + stack.bytes) - 1;
    coro->state = CORO_SUSPENDED;
    coro->fast = coro_fast && CORO_SWITCH_EXISTS;
    coro->resumer = NULL;
    coro->thread = &outside;
    coro->entry = entry;
    coro->argument = argument;
    coro->number = ++created;
    coro->stack = stack;
    fiber_create(&coro->fiber);
    prepare(coro);
    return coro;
}

void coro_destroy(struct coro *coro)
{
    if (!coro)
        return;
    if (coro->state != CORO_SUSPENDED && coro->state != CORO_DEAD)
        refuse_destroy(coro);
    if (coro->stack.bytes == 0) {
        lang_set(NULL);
        misuse(M("destroy of a coroutine that was destroyed",
                 "se destruye una corrutina ya destruida"),
               NULL);
    }
    struct coro_stack stack = coro->stack;
    coro->state = CORO_DEAD;
    coro->stack.bytes = 0;
    fiber_destroy(&coro->fiber);
    coro_stack_give_back(&stack);
}

struct coro *coro_running(void)
{
    return running && running != running->thread ? running : NULL;
}
