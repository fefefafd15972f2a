// memory.c - the malloc family
//
// How much a block counts is what malloc_usable_size says, at its beginning and
// at its end alike.
#include <errno.h>
#include <string.h>

#include "tools/recorder/inside/real.h"
#include "tools/recorder/inside/say.h"

// ---- Before there is a malloc -----------------------------------------------

// dlsym may ask for memory while it looks for malloc. It gets some of this, and
// never gives it back.
enum { ARENA = 64 * 1024 };

static _Alignas(16) char arena[ARENA];
static _Atomic size_t arena_used;

static void *from_arena(size_t size)
{
    size_t at;

    if (size > ARENA)
        return NULL;
    at = atomic_fetch_add(&arena_used, (size + 15) / 16 * 16 + 16);
    if (at + size + 16 > ARENA)
        return NULL;
    *(size_t *)(arena + at) = size;
    return arena + at + 16;
}

static bool is_in_arena(const void *block)
{
    return (uintptr_t)block - (uintptr_t)arena < ARENA;
}

static void *out_of_arena(const void *block, size_t size)
{
    size_t old = *(const size_t *)((const char *)block - 16);
    void *copy = malloc(size);

    if (copy)
        memcpy(copy, block, old < size ? old : size);
    return copy;
}

static bool is_too_early(void)
{
    return unlikely(real_is_searching) && !real.malloc_usable_size_;
}

// ---- Events -----------------------------------------------------------------

static uint64_t size_of(void *block)
{
    return REAL(malloc_usable_size)(block);
}

static void *allocated(void *block)
{
    struct writer_task *task = inside_task_for(RECORD_MEMORY);

    if (task && block)
        say(task, TRACE_ALLOC, (uintptr_t)block, size_of(block));
    return block;
}

EXPORT void *malloc(size_t size)
{
    if (is_too_early())
        return from_arena(size);
    return allocated(REAL(malloc)(size));
}

EXPORT void *calloc(size_t count, size_t size)
{
    if (is_too_early())
        return from_arena(count * size); // zeros: it is used once
    return allocated(REAL(calloc)(count, size));
}

EXPORT void free(void *block)
{
    struct writer_task *task;

    if (is_in_arena(block))
        return;
    task = block ? inside_task_for(RECORD_MEMORY) : NULL;
    if (task)
        say(task, TRACE_FREE, (uintptr_t)block, size_of(block));
    REAL(free)(block);
}

// Said before the call: another thread may have the old block while it
// returns. Where the call fails, the block is back.
struct moved {
    struct writer_task *task;
    void *old;
    uint64_t old_size;
};

static struct moved about_to_move(void *block)
{
    struct moved m = {block ? inside_task_for(RECORD_MEMORY) : NULL, block, 0};

    if (!m.task)
        return m;
    m.old_size = size_of(block);
    say(m.task, TRACE_FREE, (uintptr_t)block, m.old_size);
    return m;
}

static void *moved(const struct moved *m, void *block, bool is_freed)
{
    if (!block && !is_freed && m->task)
        say(m->task, TRACE_ALLOC, (uintptr_t)m->old, m->old_size);
    return allocated(block);
}

EXPORT void *realloc(void *block, size_t size)
{
    struct moved m;

    if (is_too_early() || is_in_arena(block))
        return block ? out_of_arena(block, size) : malloc(size);
    m = about_to_move(block);
    return moved(&m, REAL(realloc)(block, size), size == 0);
}

EXPORT void *reallocarray(void *block, size_t count, size_t size)
{
    struct moved m;

    if (is_in_arena(block))
        return out_of_arena(block, count * size);
    m = about_to_move(block);
    return moved(&m, REAL(reallocarray)(block, count, size),
                 count == 0 || size == 0);
}

// ---- With an alignment ------------------------------------------------------

EXPORT void *memalign(size_t alignment, size_t size)
{
    return allocated(REAL(memalign)(alignment, size));
}

EXPORT void *aligned_alloc(size_t alignment, size_t size)
{
    return allocated(REAL(aligned_alloc)(alignment, size));
}

EXPORT int posix_memalign(void **block, size_t alignment, size_t size)
{
    int error = REAL(posix_memalign)(block, alignment, size);

    if (!error)
        allocated(*block);
    return error;
}

EXPORT void *valloc(size_t size)
{
    return allocated(REAL(valloc)(size));
}

EXPORT void *pvalloc(size_t size)
{
    return allocated(REAL(pvalloc)(size));
}

// ---- Memory that a program manages itself -----------------------------------

// Called through runtime/heap.h, or by whoever looks for these names. What a
// program says of its own accord is kept without --what memory, too: it has
// few such blocks beside all that malloc gives, and wants them to be seen.
enum { RECORD_OWN = RECORD_MEMORY | RECORD_PROCESS };

EXPORT void telar_block_taken(const void *block, size_t size)
{
    struct writer_task *task = inside_task_for(RECORD_OWN);

    if (task)
        say(task, TRACE_ALLOC, (uintptr_t)block, size);
}

EXPORT void telar_block_freed(const void *block)
{
    struct writer_task *task = inside_task_for(RECORD_OWN);

    if (task)
        say(task, TRACE_FREE, (uintptr_t)block, 0);
}
