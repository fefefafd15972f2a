// heap.c - malloc and free, in memory of the execution's own
//
// Each task allocates from a region of its own first, so that its addresses do
// not depend on what others did meanwhile. Blocks given back wait in a
// quarantine; only when that is full, the oldest are used again.
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/must.h"
#include "tools/explorer/engine/access.h"
#include "tools/explorer/engine/block.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/sync.h"
#include "tools/explorer/engine/touch.h"

uint8_t *heap_shadow;
uint32_t heap_execution;
struct block *block_newest;

#define HEAP_BYTES (HEAP_END - HEAP_BEGIN)

enum {
    REGION_BYTES = 1 << 20, // of a task; behind them all one that is common
    LIVE_LIMIT = 256 << 20,
    QUARANTINE_LIMIT = 16 << 20,
    ZONE = 32,            // behind each block, at least
    ALIGNMENT = 16,       // of each block, at least
    LOGARITHMS = 31,      // of spans
    FILL_LIMIT = 1 << 20, // larger blocks are filled in part, the rest is zero
    FILL_BYTES = 1 << 16,
    PAGE = 4096,
};

static uintptr_t region_next[TASK_LIMIT + 1];
static size_t live_bytes, quarantine_bytes;
static struct block *quarantine_first, *quarantine_last;
static struct block *free_first[LOGARITHMS], *free_last[LOGARITHMS];
static uintptr_t releasing[TASK_LIMIT]; // block that the task gives back

// ---- Regions ----------------------------------------------------------------

static uintptr_t region_begin(int region)
{
    return HEAP_BEGIN + (uintptr_t)region * REGION_BYTES;
}

static uintptr_t region_end(int region)
{
    return region == TASK_LIMIT ? HEAP_END : region_begin(region + 1);
}

static void *map(uintptr_t where, size_t size, int how)
{
    return MUST(mmap((void *)where, size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | how, -1, 0));
}

static void reserve(void)
{
    map(HEAP_BEGIN, HEAP_BYTES, MAP_FIXED_NOREPLACE);
    heap_shadow = map(0, HEAP_BYTES / 8, 0);
    for (int r = 0; r <= TASK_LIMIT; r++)
        region_next[r] = region_begin(r);
}

static uint8_t *shadow_of(uintptr_t address)
{
    return &heap_shadow[(address - HEAP_BEGIN) >> 3];
}

static void region_forget(int region)
{
    uintptr_t begin = region_begin(region);

    memset(shadow_of(begin), 0, (region_next[region] - begin) / 8);
    region_next[region] = begin;
}

void heap_renew(void)
{
    if (heap_execution == execution_now)
        return;
    heap_execution = execution_now;
    if (!heap_shadow)
        reserve();
    for (int r = 0; r <= TASK_LIMIT; r++)
        if (region_next[r] != region_begin(r))
            region_forget(r);
    block_newest = quarantine_first = NULL;
    live_bytes = quarantine_bytes = 0;
    memset(free_first, 0, sizeof free_first);
    memset(releasing, 0, sizeof releasing);
}

// Takes span bytes from a region's end; 0 when it has not so many.
static uintptr_t region_take(int region, size_t span)
{
    uintptr_t place = region_next[region];

    if (span > region_end(region) - place)
        return 0;
    region_next[region] += span;
    return place;
}

// ---- A place for a block ----------------------------------------------------

static unsigned logarithm_of(size_t bytes)
{
    return 64 - (unsigned)__builtin_clzll(bytes - 1);
}

// What tasks did to a piece of memory in its earlier life does not race with
// what they do in the next.
static void forget_accesses(uintptr_t begin, uintptr_t end)
{
    for (uintptr_t word = begin; word < end; word += 8)
        for (struct cell *cell = cell_known(word); cell;
             cell = cell_next(cell, word + 8)) {
            cell->writer = -1;
            cell->readers = cell->atomic_readers = 0;
        }
}

static struct block *take_again(unsigned logarithm)
{
    struct block *block = free_first[logarithm];
    uintptr_t address;

    if (!block)
        return NULL;
    address = block_address(block);
    free_first[logarithm] = block->next;
    memset(shadow_of(address), 0, (block->span - BLOCK_HEAD) / 8);
    forget_accesses(address, address + block->size);
    return block;
}

static struct block *take_new(size_t span, size_t alignment, unsigned logarithm)
{
    uintptr_t place = region_take(task_now, span);
    struct block *block;

    if (!place)
        place = region_take(TASK_LIMIT, span);
    if (!place)
        return NULL;
    place = ((place + BLOCK_HEAD + alignment - 1) & -alignment) - BLOCK_HEAD;
    block = (struct block *)place;
    *shadow_of(place) = SHADOW_HEAD;
    block->span = span;
    block->logarithm = (uint8_t)logarithm;
    block->older = block_newest;
    block_newest = block;
    return block;
}

static struct block *take_aligned(size_t size, size_t alignment)
{
    size_t span = BLOCK_HEAD + size + ZONE + alignment;

    return take_new((span + ALIGNMENT) & -(size_t)ALIGNMENT, alignment, 0);
}

static struct block *take(size_t size, size_t alignment)
{
    unsigned logarithm = logarithm_of(BLOCK_HEAD + size + ZONE);
    struct block *block;

    if (alignment > ALIGNMENT)
        return take_aligned(size, alignment);
    block = take_again(logarithm);
    return block ? block
                 : take_new((size_t)1 << logarithm, ALIGNMENT, logarithm);
}

static struct block *take_within_limits(size_t size, size_t alignment,
                                        const void *pc)
{
    struct block *block = NULL;

    heap_renew();
    if (size <= LIVE_LIMIT - live_bytes && alignment <= LIVE_LIMIT)
        block = take(size, alignment);
    if (block)
        return block;
    TASK->errno_value = ENOMEM;
    if (size <= PTRDIFF_MAX) // otherwise there would not be room anywhere
        bound_met(BOUND_HEAP, pc);
    return NULL;
}

// ---- Allocation -------------------------------------------------------------

static void paint(uintptr_t address, size_t size, int whole, size_t rest)
{
    memset(shadow_of(address), whole, size / 8);
    if (size % 8)
        *shadow_of(address + size) = (uint8_t)rest;
}

// Of a large block only the beginning and the end: the pages between them are
// given back to the system, and are zero when they are used.
static void fill(uintptr_t address, size_t size, int with)
{
    uintptr_t end = address + size, last = end & -(uintptr_t)PAGE;
    uintptr_t page = (address + FILL_BYTES) & -(uintptr_t)PAGE;

    if (size <= FILL_LIMIT) {
        memset((void *)address, with, size);
        return;
    }
    memset((void *)address, with, page - address);
    MUST(madvise((void *)page, last - page, MADV_DONTNEED));
    memset((void *)last, 0, end - last);
}

static void *allocate(size_t size, size_t alignment, int with, const void *pc)
{
    struct block *block = take_within_limits(size, alignment, pc);
    uintptr_t address;

    if (!block)
        return NULL;
    address = block_address(block);
    fill(address, size, with);
    paint(address, size, 8, size % 8);
    block->size = size;
    block->allocated_at = pc;
    block->allocated_by = (int16_t)task_now;
    block->freed_by = -1;
    live_bytes += size;
    report_note(OP_ALLOCATE, address, size, pc);
    return (void *)address;
}

void *heap_allocate(size_t size, size_t alignment, const void *pc)
{
    return allocate(size, alignment, HEAP_NEW, pc);
}

void *heap_allocate_clear(size_t size, const void *pc)
{
    return allocate(size, ALIGNMENT, 0, pc);
}

// ---- Giving back ------------------------------------------------------------

static void enqueue(struct block **first, struct block **last,
                    struct block *block)
{
    block->next = NULL;
    if (*first)
        (*last)->next = block;
    else
        *first = block;
    *last = block;
}

static void leave_quarantine(void)
{
    struct block *block = quarantine_first;
    unsigned logarithm = block->logarithm;

    quarantine_first = block->next;
    quarantine_bytes -= block->span;
    if (logarithm)
        enqueue(&free_first[logarithm], &free_last[logarithm], block);
}

static void bury(struct block *block, const void *pc)
{
    uintptr_t address = block_address(block);

    report_note(OP_FREE, address, block->size, pc);
    block->freed_at = pc;
    block->freed_by = (int16_t)task_now;
    live_bytes -= block->size;
    paint(address, block->size, SHADOW_DEAD, SHADOW_DEAD);
    fill(address, block->size, HEAP_DEAD);
    enqueue(&quarantine_first, &quarantine_last, block);
    quarantine_bytes += block->span;
    while (quarantine_bytes > QUARANTINE_LIMIT)
        leave_quarantine();
}

static bool was_used(uintptr_t address)
{
    uintptr_t word = address & ~(uintptr_t)7;

    for (struct cell *cell = cell_known(word); cell;
         cell = cell_next(cell, word + 8))
        if (cell->writer >= 0 || cell->readers)
            return true;
    return false;
}

enum { BEGINNING = 64, SMALL = 1024 }; // bytes

// The next piece from `from` on that somebody touched; empty at the end.
static void used_piece(uintptr_t from, uintptr_t end, uintptr_t *first,
                       uintptr_t *last)
{
    while (from < end && !was_used(from))
        from = from + 8 < end ? from + 8 : end;
    *first = from;
    while (from < end && was_used(from))
        from = from + 8 < end ? from + 8 : end;
    *last = from;
}

static void access_pieces(uintptr_t begin, uintptr_t end, const void *pc)
{
    uintptr_t first, last;

    for (used_piece(begin, end, &first, &last); first < last;
         used_piece(last, end, &first, &last))
        access_plain(first, last - first, OP_WRITE, pc);
}

// Of a block only what somebody touched can be in somebody's way, and its
// beginning in that of who gives it back too.
static void access_used(const struct block *block, const void *pc)
{
    uintptr_t begin = block_address(block), end = begin + block->size;
    uintptr_t near = block->size > SMALL ? begin + BEGINNING : end;

    while (near > begin + BEGINNING && !was_used(near - 1))
        near = (near - 1) & ~(uintptr_t)7;
    access_plain(begin, near - begin, OP_WRITE, pc);
    if (block->size > SMALL)
        access_pieces(near, end, pc);
}

// Whoever uses a lock in the block depends on whether it is still there. (What
// atomics need to be carried is no object of the program's.)
static void destroy_objects(const struct block *block, const void *pc)
{
    uintptr_t begin = block_address(block), end = begin + block->size;

    for (uint32_t i = BUDGET + 1; i < object_count; i++)
        if (objects[i].execution == execution_now &&
            objects[i].address >= begin && objects[i].address < end &&
            objects[i].kind != ATOMIC_CELL && !objects[i].is_destroyed)
            meet(OP_DESTROY, (void *)objects[i].address,
                 (enum object_kind)objects[i].kind, pc);
}

bool heap_releases(void)
{
    return releasing[task_now] != 0;
}

// Somebody else may give it back while this task is about to.
void heap_release(void *address, const void *pc)
{
    struct block *block;

    touch_pc = pc;
    heap_renew();
    releasing[task_now] = (uintptr_t)address;
    block = block_of((uintptr_t)address);
    if (block && block->size) {
        destroy_objects(block, pc);
        access_used(block, pc);
    }
    releasing[task_now] = 0;
    block = block_checked((uintptr_t)address, pc);
    if (block)
        bury(block, pc);
}

void *heap_move(void *address, size_t size, const void *pc)
{
    size_t old = heap_size(address, pc), kept = old < size ? old : size;
    void *moved = heap_allocate(size, ALIGNMENT, pc);

    if (!moved)
        return NULL;
    if (kept)
        access_plain((uintptr_t)address, kept, OP_READ, pc);
    memcpy(moved, address, kept);
    heap_release(address, pc);
    return moved;
}

size_t heap_size(const void *address, const void *pc)
{
    struct block *block;

    heap_renew();
    block = block_checked((uintptr_t)address, pc);
    return block ? block->size : 0;
}
