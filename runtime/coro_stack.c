// coro_stack.c - stacks by the million, each with a page below that nobody has
//
// Stacks come in sizes: 16 KiB, 32 KiB, ... with the guard. Each size has a
// list of stacks that were given back and a run of fresh ones, cut off one by
// one from a mapping of many.
#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "runtime/coro_sanitizer.h"
#include "runtime/coro_stack.h"
#include "runtime/must.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102 // Linux 6.13
#endif

enum { SMALLEST = 4 * 4096, SIZES = 24, AT_ONCE = 4 << 20 }; // bytes

bool coro_old_guards = SANITIZED; // leak checking would run into the marks

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    char *given_back; // the word at the top of each points to the next
    char *fresh;      // so many bytes
    size_t fresh_bytes;
} pool[SIZES]; // guarded by lock

size_t coro_stack_page(void)
{
    return (size_t)sysconf(_SC_PAGESIZE); // known without a system call
}

// The last word of the stack that begins (with its guard) at base.
static char **link_of(char *base, size_t whole)
{
    return (char **)(base + whole) - 1;
}

static bool guard(char *base, size_t page)
{
    if (!coro_old_guards && madvise(base, page, MADV_GUARD_INSTALL) == 0)
        return true;
    coro_old_guards = true;
    return mprotect(base, page, PROT_NONE) == 0;
}

// Never as huge pages: a stack would cost 2 MiB instead of 4 KiB.
static bool map_more(int size, size_t whole)
{
    size_t bytes = whole > AT_ONCE ? whole : AT_ONCE;
    char *fresh =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);

    if (fresh == MAP_FAILED)
        return false;
    madvise(fresh, bytes, MADV_NOHUGEPAGE); // some kernels have none
    pool[size].fresh = fresh;
    pool[size].fresh_bytes = bytes;
    return true;
}

static char *take_fresh(int size, size_t whole)
{
    char *base;

    if (pool[size].fresh_bytes < whole && !map_more(size, whole))
        return NULL;
    base = pool[size].fresh;
    if (!guard(base, coro_stack_page()))
        return NULL;
    pool[size].fresh += whole;
    pool[size].fresh_bytes -= whole;
    return base;
}

static char *take(int size, size_t whole)
{
    char *base = pool[size].given_back;

    if (!base)
        return take_fresh(size, whole);
    pool[size].given_back = *link_of(base, whole);
    return base;
}

// The smallest size that holds so many bytes and the guard; SIZES: none does.
static int size_for(size_t bytes)
{
    size_t page = coro_stack_page();
    int size = 0;

    while (size < SIZES && ((size_t)SMALLEST << size) - page < bytes)
        size++;
    return size;
}

bool coro_stack_take(size_t bytes, struct coro_stack *stack)
{
    int size = size_for(bytes);
    size_t whole = (size_t)SMALLEST << size;
    char *base = NULL;

    errno = ENOMEM;
    if (size < SIZES) {
        MUST(pthread_mutex_lock(&lock));
        base = take(size, whole);
        MUST(pthread_mutex_unlock(&lock));
    }
    if (!base)
        return false;
    stack->low = base + coro_stack_page();
    stack->bytes = whole - coro_stack_page();
    stack_in_use(stack->low, stack->bytes);
    return true;
}

void coro_stack_give_back(const struct coro_stack *stack)
{
    char *base = stack->low - coro_stack_page();
    int size = size_for(stack->bytes);

    stack_out_of_use(stack->low, stack->bytes);
    MUST(pthread_mutex_lock(&lock));
    *link_of(base, (size_t)SMALLEST << size) = pool[size].given_back;
    pool[size].given_back = base;
    MUST(pthread_mutex_unlock(&lock));
}

bool coro_stack_guards(const struct coro_stack *stack, const void *address)
{
    const char *at = address;

    return at < stack->low && at >= stack->low - coro_stack_page();
}
