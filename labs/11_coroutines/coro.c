// coro.c - a small coroutine (given, do not edit)
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "coro.h"

enum { STACK_BYTES = 32 * 1024, GUARD_BYTES = 64 * 1024 };

struct coro {
    ucontext_t own, resumer; // where it goes on, and who resumed it
    void (*entry)(void *);
    void *argument;
    bool done;
    char *stack;
};

static struct coro *running;

// Below it nobody may touch anything: a stack that overflows ends in SIGSEGV,
// and not in the memory of another task.
static char *take_stack(void)
{
    char *guard = mmap(NULL, GUARD_BYTES + STACK_BYTES, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (guard == MAP_FAILED)
        return NULL;
    if (mprotect(guard, GUARD_BYTES, PROT_NONE) != 0) {
        munmap(guard, GUARD_BYTES + STACK_BYTES);
        return NULL;
    }
    return guard + GUARD_BYTES;
}

static void give_back(char *stack)
{
    munmap(stack - GUARD_BYTES, GUARD_BYTES + STACK_BYTES);
}

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
        coro->stack = take_stack();
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
        give_back(coro->stack);
    free(coro);
}
