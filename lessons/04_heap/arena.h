// arena.h - a heap of one's own: one array, and in it block behind block
//
// Interface: arena_init, arena_end, arena_take, arena_give, arena_figures,
// arena_draw.
// Threads: one. Ownership: the arena owns its bytes; a block is a part of it.
//
// A block is a header of 8 bytes, which says how many bytes follow and whether
// they are used, and then these bytes, a multiple of 8. Where the bytes end the
// next header begins. So whoever begins at the first header and jumps from one
// to the next sees the whole heap.
#ifndef TELAR_ARENA_H
#define TELAR_ARENA_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

#include "runtime/heap.h"
#include "runtime/must.h"

struct header {
    uint32_t size; // in bytes, without the header
    uint32_t used;
};

enum fit { FIRST_FIT, BEST_FIT, WORST_FIT };

struct arena {
    char *begin, *end;
    enum fit fit;      // which hole is taken
    bool never_merges; // neighbours that are free stay apart
    bool rounds;       // sizes become powers of two
    size_t high;       // bytes: the farthest that a block ever reached
};

struct figures { // of the arena, in bytes, headers left out
    size_t used, free, largest_free;
    int blocks, holes;
};

static inline struct header *arena_first(struct arena *arena)
{
    return (struct header *)arena->begin;
}

// NULL behind the last one.
static inline struct header *arena_next(struct arena *arena, struct header *at)
{
    char *next = (char *)(at + 1) + at->size; // [next]

    return next < arena->end ? (struct header *)next : NULL;
}

// Of whole pages from the kernel, not from malloc: this is no block of another
// heap.
static inline void arena_init(struct arena *arena, size_t size)
{
    *arena =
        (struct arena){.begin = MUST(mmap(NULL, size, PROT_READ | PROT_WRITE,
                                          MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))};
    arena->end = arena->begin + size;
    arena_first(arena)->size = (uint32_t)(size - sizeof(struct header));
    arena_first(arena)->used = 0;
}

static inline void arena_end(struct arena *arena)
{
    MUST(munmap(arena->begin, (size_t)(arena->end - arena->begin)));
}

// ---- Taking -----------------------------------------------------------------

static inline bool arena_prefers(const struct arena *arena,
                                 const struct header *hole,
                                 const struct header *best)
{
    if (!best || arena->fit == FIRST_FIT)
        return !best;
    return arena->fit == BEST_FIT ? hole->size < best->size
                                  : hole->size > best->size;
}

// The hole that a block of size bytes goes into; NULL: none is large enough.
static inline struct header *arena_choose(struct arena *arena, uint32_t size)
{
    struct header *best = NULL;

    for (struct header *at = arena_first(arena); at; // [walk]
         at = arena_next(arena, at)) {
        if (at->used || at->size < size || !arena_prefers(arena, at, best))
            continue;
        best = at;
        if (arena->fit == FIRST_FIT)
            break;
    }
    return best;
}

// What is too much becomes a hole of its own, if a header fits into it.
static inline void arena_cut(struct header *block, uint32_t size)
{
    uint32_t rest = block->size - size; // [cut]

    if (rest < sizeof(struct header) + 8)
        return;
    block->size = size;
    struct header *hole = (struct header *)((char *)(block + 1) + size);
    hole->size = rest - (uint32_t)sizeof *hole;
    hole->used = 0;
}

static inline uint32_t arena_round(const struct arena *arena, size_t size)
{
    uint32_t power = 8;

    if (!arena->rounds)
        return (uint32_t)((size + 7) / 8 * 8);
    while (power < size)
        power *= 2;
    return power;
}

static inline void *arena_take(struct arena *arena, size_t size)
{
    struct header *block = arena_choose(arena, arena_round(arena, size));

    if (!block)
        return NULL;
    arena_cut(block, arena_round(arena, size));
    block->used = 1;
    size_t reach = (size_t)((char *)(block + 1) - arena->begin) + block->size;
    if (reach > arena->high)
        arena->high = reach;
    heap_taken(block, sizeof *block + block->size);
    return block + 1;
}

// ---- Giving back ------------------------------------------------------------

// All holes that lie side by side become one.
static inline void arena_merge(struct arena *arena)
{
    struct header *at = arena_first(arena), *next; // [merge]

    while (at && (next = arena_next(arena, at))) {
        if (at->used || next->used)
            at = next;
        else
            at->size += (uint32_t)sizeof *next + next->size;
    }
}

static inline void arena_give(struct arena *arena, void *block)
{
    struct header *header = (struct header *)block - 1;

    header->used = 0;
    heap_freed(header);
    if (!arena->never_merges)
        arena_merge(arena);
}

// ---- Looking at it ----------------------------------------------------------

static inline struct figures arena_figures(struct arena *arena)
{
    struct figures f = {0};

    for (struct header *at = arena_first(arena); at;
         at = arena_next(arena, at)) {
        *(at->used ? &f.used : &f.free) += at->size;
        *(at->used ? &f.blocks : &f.holes) += 1;
        if (!at->used && at->size > f.largest_free)
            f.largest_free = at->size;
    }
    return f;
}

// Writes the map: '#' is a part of a block, '.' a part of a hole, ':' where one
// begins, 64 to a line; and then the figures.
static inline void arena_draw(struct arena *arena, const char *title)
{
    enum { COLUMNS = 64, ROWS = 4 };
    char map[COLUMNS * ROWS + 1] = {0};
    size_t size = (size_t)(arena->end - arena->begin);
    struct figures f = arena_figures(arena);

    for (struct header *at = arena_first(arena); at;
         at = arena_next(arena, at)) {
        size_t from = (size_t)((char *)at - arena->begin);
        size_t to = from + sizeof *at + at->size;
        size_t cell = from * COLUMNS * ROWS / size;
        map[cell] = at->used ? '#' : ':';
        while (++cell < to * COLUMNS * ROWS / size)
            map[cell] = at->used ? '#' : '.';
    }
    printf("%s\n", title);
    for (int row = 0; row < ROWS; row++)
        printf("  [%.64s]\n", map + row * COLUMNS);
    printf("  %d blocks; %zu bytes free in %d hole%s, the largest %zu\n",
           f.blocks, f.free, f.holes, f.holes == 1 ? "" : "s", f.largest_free);
}

#endif
