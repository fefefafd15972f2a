// coro.c - a small coroutine (given, do not edit)
#include <stdlib.h>
#include <ucontext.h>

#include "coro.h"

enum { STACK_BYTES = 32 * 1024 };

struct coro {
    ucontext_t own, resumer; // where it goes on, and who resumed it
    void (*entry)(void *);
    void *argument;
    bool done;
    char *stack;
};

static struct coro *running;

static void begin(void)
{
    struct coro *coro = running;

    coro->entry(coro->argument);
    coro->done = true;
    swapcontext(&coro->own, &coro->resumer); // for ever
}

struct coro *coro_create(void (*entry)(void *), void *argument)
{
    struct coro *coro = calloc(1, sizeof *coro);

    if (coro)
        coro->stack = malloc(STACK_BYTES);
    if (!coro || !coro->stack) {
        free(coro);
        return NULL;
    }
    coro->entry = entry;
    coro->argument = argument;
    getcontext(&coro->own);
    coro->own.uc_stack.ss_sp = coro->stack;
    coro->own.uc_stack.ss_size = STACK_BYTES;
    makecontext(&coro->own, begin, 0);
    return coro;
}

void coro_resume(struct coro *coro)
{
    struct coro *before = running;

    if (coro->done)
        abort();
    running = coro;
    swapcontext(&coro->resumer, &coro->own);
    running = before;
}

void coro_yield(void)
{
    if (!running)
        abort(); // only a coroutine can yield
    swapcontext(&running->own, &running->resumer);
}

bool coro_done(const struct coro *coro)
{
    return coro->done;
}

void coro_destroy(struct coro *coro)
{
    if (coro)
        free(coro->stack);
    free(coro);
}
