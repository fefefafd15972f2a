// allocate.c - malloc and its relatives, as programs call them
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "tools/explorer/engine/heap.h"
#include "tools/explorer/engine/touch.h"

enum { USUAL = 16, PAGE = 4096 }; // alignments

static void *refuse(int reason)
{
    TASK->errno_value = reason;
    return NULL;
}

static bool is_power(size_t number)
{
    return number && !(number & (number - 1));
}

void *weave_malloc(size_t size)
{
    return heap_allocate(size, USUAL, CALLER);
}

void *weave_calloc(size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        return refuse(ENOMEM);
    return heap_allocate_clear(bytes, CALLER);
}

void weave_free(void *address)
{
    if (address)
        heap_release(address, CALLER);
}

// glibc: a size of 0 gives the block back.
static void *resize(void *address, size_t size, const void *pc)
{
    if (!address)
        return heap_allocate(size, USUAL, pc);
    if (size > 0)
        return heap_move(address, size, pc);
    heap_release(address, pc);
    return NULL;
}

void *weave_realloc(void *address, size_t size)
{
    return resize(address, size, CALLER);
}

void *weave_reallocarray(void *address, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        return refuse(ENOMEM);
    return resize(address, bytes, CALLER);
}

void *weave_aligned_alloc(size_t alignment, size_t size)
{
    if (!is_power(alignment))
        return refuse(EINVAL);
    return heap_allocate(size, alignment, CALLER);
}

void *weave_memalign(size_t alignment, size_t size)
{
    if (!is_power(alignment))
        return refuse(EINVAL);
    return heap_allocate(size, alignment, CALLER);
}

void *weave_valloc(size_t size)
{
    return heap_allocate(size, PAGE, CALLER);
}

int weave_posix_memalign(void **result, size_t alignment, size_t size)
{
    void *address;

    if (!is_power(alignment) || alignment % sizeof(void *))
        return EINVAL;
    address = heap_allocate(size, alignment, CALLER);
    if (!address)
        return ENOMEM;
    touch_write(result, sizeof *result, CALLER);
    *result = address;
    return 0;
}

size_t weave_malloc_usable_size(void *address)
{
    return address ? heap_size(address, CALLER) : 0;
}

// ---- Strings in blocks of their own -----------------------------------------

static char *duplicate(const char *string, size_t limit, const void *pc)
{
    size_t length = touch_text(string, limit, pc);
    char *copy = heap_allocate(length + 1, USUAL, pc);

    if (!copy)
        return NULL;
    touch_write(copy, length + 1, pc);
    memcpy(copy, string, length);
    copy[length] = '\0';
    return copy;
}

char *weave_strdup(const char *string)
{
    return duplicate(string, PTRDIFF_MAX, CALLER);
}

char *weave___strdup(const char *string)
{
    return duplicate(string, PTRDIFF_MAX, CALLER);
}

char *weave_strndup(const char *string, size_t limit)
{
    return duplicate(string, limit, CALLER);
}
