// heap.c - an allocator on an arena: tags at both ends, a list for each size
//
// The arena is a row of blocks without a gap. A block is a multiple of 8 bytes
// and begins with its header, 4 bytes; what follows is the caller's. A free one
// also keeps the links of its list, and its size once more in its last word:
//
//     used   | header |              payload                 |
//     free   | header | next | previous |    ...     |  size |
//
// The header is the size of the whole block, whose three lowest bits are 0 and
// hold two answers instead: is this block used, and is the one before it? So a
// block that is freed knows whether it may read the last word before it.
//
// Small blocks come from runs: pieces that hold nothing else. So when large ones
// go, no small one stays behind between their holes.
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "heap.h"

enum {
    USED = 1,        // in a header: this block
    BEFORE_USED = 2, // in a header: the one before it in the arena
    WORD = 4,        // bytes
    LEAST = 16,      // bytes of a block: header, two links and the size
    SMALL = 96,      // bytes of a block, at most, that comes from a run
    RUN = 2048,      // bytes of a run, at most
    EXACT = 64,      // lists of one size each: 0, 8, ..., 504
    STEPS = 8,       // lists behind them for each doubling of the size
    LISTS = EXACT + 23 * STEPS,
    LOOKED_AT = 24, // blocks of a list, at most
};
#define SIZE_LIMIT ((size_t)1 << 31)

// A block is named by its place: the distance from the beginning of the arena to
// its header, which fits into 4 bytes. No block is at 0.
typedef uint32_t place;

static char *base;                    // of the arena
static place lists[LISTS];            // the first free block of each; 0: none
static uint64_t some[LISTS / 64 + 1]; // bit i: list i has a block
static place run; // what is left of it, a used block of its own; 0: nothing

// ---- A block ----------------------------------------------------------------

static uint32_t *word(place at)
{
    return (uint32_t *)(base + at);
}

static uint32_t size_of(place block)
{
    return *word(block) & ~7u;
}

static bool is_used(place block)
{
    return *word(block) & USED;
}

static uint32_t *next_of(place block)
{
    return word(block + WORD);
}

static uint32_t *previous_of(place block)
{
    return word(block + 2 * WORD);
}

// Only if the block before this one is free: its last word is its size.
static place before(place block)
{
    return block - *word(block - WORD);
}

static place behind(place block)
{
    return block + size_of(block);
}

static void *payload_of(place block)
{
    return word(block + WORD);
}

static place block_of(void *payload)
{
    return (place)((char *)payload - base) - WORD;
}

// The bytes of a block whose payload is so large.
static uint32_t size_for(size_t payload)
{
    size_t size = (payload + WORD + 7) / 8 * 8;

    return size < LEAST ? LEAST : (uint32_t)size;
}

// ---- The lists of free blocks -----------------------------------------------

static unsigned list_for(uint32_t size)
{
    if (size < EXACT * 8)
        return size / 8;
    unsigned doubling = 31 - (unsigned)__builtin_clz(size); // 9 is the first
    return EXACT + (doubling - 9) * STEPS + (size >> (doubling - 3)) % STEPS;
}

static void list_add(place block)
{
    unsigned i = list_for(size_of(block));

    *next_of(block) = lists[i];
    *previous_of(block) = 0;
    if (lists[i])
        *previous_of(lists[i]) = block;
    lists[i] = block;
    some[i / 64] |= UINT64_C(1) << i % 64;
}

static void list_remove(place block)
{
    unsigned i = list_for(size_of(block));
    place next = *next_of(block), previous = *previous_of(block);

    if (next)
        *previous_of(next) = previous;
    if (previous)
        *next_of(previous) = next;
    else
        lists[i] = next;
    if (!lists[i])
        some[i / 64] &= ~(UINT64_C(1) << i % 64);
}

// The smallest that is large enough, of the first ones of a list; 0: none.
static place best_of(unsigned i, uint32_t size)
{
    place best = 0;
    int looked = 0;

    for (place block = lists[i]; block && looked < LOOKED_AT; looked++) {
        if (size_of(block) >= size && (!best || size_of(block) < size_of(best)))
            best = block;
        block = *next_of(block);
    }
    return best;
}

// The first list from i on that has a block; LISTS: none.
static unsigned next_list(unsigned i)
{
    uint64_t bits = some[i / 64] >> i % 64 << i % 64;

    for (i /= 64; !bits && i < LISTS / 64;)
        bits = some[++i];
    return bits ? i * 64 + (unsigned)__builtin_ctzll(bits) : LISTS;
}

static place find(uint32_t size)
{
    unsigned i = list_for(size);
    place block = best_of(i, size);

    if (!block && (i = next_list(i + 1)) < LISTS)
        block = best_of(i, size);
    return block;
}

// ---- Blocks become used and free --------------------------------------------

// Writes the tags of a free block between two used ones, and lists it.
static void make_free(place block, uint32_t size)
{
    *word(block) = size | BEFORE_USED;
    *word(block + size - WORD) = size;
    *word(block + size) &= ~(uint32_t)BEFORE_USED;
    list_add(block);
}

// What is behind a used block knows it.
static void make_used(place block, uint32_t size)
{
    *word(block) = size | USED | (*word(block) & BEFORE_USED);
    *word(block + size) |= BEFORE_USED;
}

// Makes a block of size bytes at the front of a free one, which is in no list.
// What is left over stays free.
static place cut(place block, uint32_t size)
{
    uint32_t rest = size_of(block) - size;

    if (rest < LEAST) {
        make_used(block, size + rest);
        return block;
    }
    make_used(block, size);
    make_free(block + size, rest);
    return block;
}

// Frees the bytes of a used block, together with free neighbours.
static place release(place block)
{
    uint32_t size = size_of(block);
    place next = behind(block);

    if (!is_used(next)) {
        list_remove(next);
        size += size_of(next);
    }
    if (!(*word(block) & BEFORE_USED)) {
        block = before(block);
        list_remove(block);
        size += size_of(block);
    }
    make_free(block, size);
    return block;
}

// ---- The end of the arena ---------------------------------------------------

// At the end of the arena is a header of size 0 that is always used.
static place last(void)
{
    return (place)arena_size() - WORD;
}

// How large the free block at the end of the arena is; 0: there is none.
static uint32_t free_at_end(void)
{
    return *word(last()) & BEFORE_USED ? 0 : size_of(before(last()));
}

// The arena grows by so many bytes, which are free then. Returns their block.
static place grow(uint32_t bytes)
{
    place block = last();

    if (!arena_grow(bytes))
        return 0;
    *word(last()) = USED;
    *word(block) = bytes | USED | (*word(block) & BEFORE_USED);
    return release(block);
}

// A free block of size bytes at the end of the arena.
static place find_at_end(uint32_t size)
{
    if (free_at_end() >= size)
        return before(last());
    return grow(size - free_at_end());
}

// ---- Blocks are taken -------------------------------------------------------

// A used block of size bytes, or a little more. 0: there is no room.
static place take(uint32_t size)
{
    place block = find(size);

    if (!block)
        block = find_at_end(size);
    if (!block)
        return 0;
    list_remove(block);
    return cut(block, size);
}

// A new run of size bytes at least, and of a 32nd of the heap if that is more:
// what is not used of it would weigh too much in a small heap.
static bool begin_run(uint32_t size)
{
    uint32_t wanted = (uint32_t)(arena_size() / 32) & ~7u;

    if (wanted > RUN)
        wanted = RUN;
    if (run)
        release(run);
    run = wanted > size ? take(wanted) : 0;
    if (!run)
        run = take(size);
    return run;
}

// Cuts size bytes off the front of the run.
static place take_from_run(uint32_t size)
{
    uint32_t rest = size_of(run) - size;
    place block = run;

    if (rest < LEAST) {
        run = 0;
        return block;
    }
    make_used(block, size);
    run = block + size;
    *word(run) = rest | USED | BEFORE_USED;
    return block;
}

// A small one that was freed, if there is one, else from the run.
static place take_small(uint32_t size)
{
    unsigned i = next_list(list_for(size));

    if (i <= SMALL / 8) {
        place block = lists[i];
        list_remove(block);
        return cut(block, size);
    }
    if ((!run || size_of(run) < size) && !begin_run(size))
        return 0;
    return take_from_run(size);
}

// ---- What the caller sees ---------------------------------------------------

bool heap_init(void)
{
    base = arena_begin();
    run = 0;
    memset(lists, 0, sizeof lists);
    memset(some, 0, sizeof some);
    if (!arena_grow(2 * WORD)) // a word that is not used, so that payloads
        return false;          // are at multiples of 8, and the last header
    *word(last()) = USED | BEFORE_USED;
    return true;
}

void *heap_alloc(size_t payload)
{
    if (payload == 0 || payload > SIZE_LIMIT)
        return NULL;

    uint32_t size = size_for(payload);
    place block = size <= SMALL ? take_small(size) : take(size);
    return block ? payload_of(block) : NULL;
}

void heap_free(void *payload)
{
    if (payload)
        release(block_of(payload));
}

// Gives back what a used block has too much.
static void shrink(place block, uint32_t size)
{
    uint32_t rest = size_of(block) - size;

    if (rest < LEAST)
        return;
    make_used(block, size);
    *word(block + size) = rest | USED | BEFORE_USED;
    release(block + size);
}

// Takes what is free behind a used block into it; where the arena ends behind
// that, the arena grows. Returns whether the block has size bytes then.
static bool widen(place block, uint32_t size)
{
    place next = behind(block);
    uint32_t has = size_of(block) + (is_used(next) ? 0 : size_of(next));

    if (has < size && block + has == last()) {
        uint32_t missing = size - has < LEAST ? LEAST : size - has;
        has += grow(missing) ? missing : 0;
    }
    if (has < size)
        return false;
    if (has > size_of(block)) {
        list_remove(next);
        make_used(block, has);
    }
    return true;
}

void *heap_realloc(void *old, size_t payload)
{
    if (!old)
        return heap_alloc(payload);
    if (payload == 0)
        heap_free(old);
    if (payload == 0 || payload > SIZE_LIMIT)
        return NULL;
    uint32_t size = size_for(payload);
    place block = block_of(old);
    if (widen(block, size)) {
        shrink(block, size);
        return old;
    }
    void *moved = heap_alloc(payload);
    if (!moved)
        return NULL;
    memcpy(moved, old, size_of(block) - WORD);
    heap_free(old);
    return moved;
}
