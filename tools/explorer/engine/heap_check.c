// heap_check.c - accesses to the heap outside of live blocks
#include <stdio.h>

#include "runtime/message.h"
#include "tools/explorer/engine/access.h"
#include "tools/explorer/engine/block.h"

// ---- Blocks by address ------------------------------------------------------

static unsigned shadow_at(uintptr_t address)
{
    return heap_shadow[(address - HEAP_BEGIN) >> 3];
}

struct block *block_of(uintptr_t address)
{
    if (!heap_has(address) || address % 16 ||
        address < HEAP_BEGIN + BLOCK_HEAD ||
        shadow_at(address - BLOCK_HEAD) != SHADOW_HEAD)
        return NULL;
    return (struct block *)(address - BLOCK_HEAD);
}

struct block *block_near(uintptr_t address)
{
    for (uintptr_t at = address & ~(uintptr_t)7; at >= HEAP_BEGIN; at -= 8)
        if (shadow_at(at) == SHADOW_HEAD)
            return (struct block *)at;
    return NULL;
}

// Whose neighbourhood it is: an address in a block's head may be right behind
// the block before it.
static struct block *block_blamed(uintptr_t address)
{
    struct block *block = block_near(address), *before;

    if (!block || address >= block_address(block))
        return block;
    before = block_near((uintptr_t)block - 8);
    if (before && address - block_address(before) - before->size <
                      block_address(block) - address)
        return before;
    return block;
}

// ---- What is wrong with it --------------------------------------------------

struct wrong {
    enum failure_kind kind;
    uintptr_t address;
    size_t size;
    const void *pc;
    const char *what; // "write of 4 bytes"
};

static void fail(const struct wrong *wrong, int other, const void *other_pc,
                 const char *text)
{
    struct failure failure = {.kind = wrong->kind,
                              .task = task_now,
                              .other = other,
                              .pc = wrong->pc,
                              .other_pc = other_pc,
                              .address = wrong->address,
                              .size = (uint32_t)wrong->size};

    snprintf(failure.text, sizeof failure.text, "%s", text);
    engine_fail(&failure);
}

static void fail_dead(const struct wrong *wrong, const struct block *block)
{
    char text[240];

    snprintf(text, sizeof text,
             M("%s: a block of %zu %s that thread %d allocated and thread "
               "%d freed",
               "%s: un bloque de %zu %s que el hilo %d reservó y el hilo "
               "%d liberó"),
             wrong->what, block->size, BYTES(block->size), block->allocated_by,
             block->freed_by);
    fail(wrong, block->freed_by, block->freed_at, text);
}

static void place(char *text, size_t room, const struct block *block,
                  uintptr_t address)
{
    uintptr_t begin = block_address(block), end = begin + block->size;

    if (address >= end)
        snprintf(text, room,
                 M("%zu %s after the end", "%zu %s después del final"),
                 (size_t)(address - end), BYTES(address - end));
    else if (address < begin)
        snprintf(text, room,
                 M("%zu %s before the beginning", "%zu %s antes del comienzo"),
                 (size_t)(begin - address), BYTES(begin - address));
    else
        snprintf(text, room,
                 M("%zu %s after the beginning", "%zu %s después del comienzo"),
                 (size_t)(address - begin), BYTES(address - begin));
}

static void fail_outside(const struct wrong *wrong, const struct block *block)
{
    char text[240], where[80];

    place(where, sizeof where, block, wrong->address);
    snprintf(text, sizeof text,
             M("%s, %s of a block of %zu %s that thread %d allocated",
               "%s, %s de un bloque de %zu %s que el hilo %d reservó"),
             wrong->what, where, block->size, BYTES(block->size),
             block->allocated_by);
    fail(wrong, block->allocated_by, block->allocated_at, text);
}

static void fail_wild(const struct wrong *wrong)
{
    char text[160];

    snprintf(text, sizeof text,
             M("%s where malloc gave nothing", "%s donde malloc no dio nada"),
             wrong->what);
    fail(wrong, -1, NULL, text);
}

static void judge(struct wrong *wrong, const struct block *block,
                  enum failure_kind when_dead)
{
    wrong->kind = OUT_OF_BOUNDS;
    if (!block) {
        fail_wild(wrong);
    } else if (block_is_live(block)) {
        fail_outside(wrong, block);
    } else {
        wrong->kind = when_dead;
        fail_dead(wrong, block);
    }
}

void heap_blame(struct failure *failure)
{
    failure->kind = USE_AFTER_FREE;
    snprintf(
        failure->text, sizeof failure->text,
        M("freed while nothing orders this and what thread %d does with it",
          "se libera sin que nada ordene esto y lo que hace con ello el "
          "hilo %d"),
        failure->other);
}

// ---- Accesses ---------------------------------------------------------------

static uintptr_t first_bad(uintptr_t address, uintptr_t end)
{
    for (uintptr_t at = address; at < end; at = (at | 7) + 1) {
        uintptr_t last = (at | 7) < end ? at | 7 : end - 1;
        unsigned live = shadow_at(at);

        if (live > 8)
            return at;
        if ((last & 7) >= live)
            return (at & 7) >= live ? at : (at & ~(uintptr_t)7) + live;
    }
    return 0;
}

void heap_check_slowly(uintptr_t address, size_t size, bool is_write,
                       const void *pc)
{
    char what[64];
    struct wrong wrong = {.size = size, .pc = pc, .what = what};

    heap_renew();
    wrong.address = first_bad(
        address, size < HEAP_END - address ? address + size : HEAP_END);
    if (!wrong.address)
        return;
    snprintf(what, sizeof what,
             is_write ? M("write of %zu %s", "escritura de %zu %s")
                      : M("read of %zu %s", "lectura de %zu %s"),
             size, BYTES(size));
    access_learn(address, wrong.address - address + 1);
    judge(&wrong, block_blamed(wrong.address),
          heap_is_releasing() ? DOUBLE_FREE : USE_AFTER_FREE);
}

struct block *block_checked(uintptr_t address, const void *pc)
{
    struct block *block = block_of(address);
    struct wrong wrong = {.address = address, .pc = pc, .what = "free"};

    if (block && block_is_live(block))
        return block;
    if (!block && heap_has(address))
        block = block_near(address);
    if (heap_has(address))
        access_learn(address, 1);
    judge(&wrong, block, block_of(address) ? DOUBLE_FREE : USE_AFTER_FREE);
    return NULL;
}
