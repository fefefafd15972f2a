// best_heap.c - the allocator that bench_malloc measures: the blocks of the
// solution of lab 04, and runs of pieces of one size, which need no header
//
// A run is a used block of 2048 bytes whose first byte is at a multiple of 2048
// (its header is in the word before). So the run of a piece is found by its
// address, and one bit for each 2048 bytes of the arena tells pieces from other
// blocks. Sizes up to 64 have runs, a kind for every multiple of 8, from the
// moment on when WORTH of them live at once: before, a run would be mostly
// empty. A run that has become empty is freed, if another one of its kind is
// open.
//
// In the place of the lab's heap.c (with "arena.h" and "heap.h" included by
// name) it keeps all its promises, 4096 bytes of globals among them.
//
// Interface: heap_init, heap_alloc, heap_free, heap_realloc (heap.h).
// Threads: one.
#include <stdint.h>
#include <string.h>

#include "solutions/04_heap/arena.h"
#include "solutions/04_heap/heap.h"

enum {
    USED = 1,        // in a header: this block
    BEFORE_USED = 2, // in a header: the one before it in the arena
    WORD = 4,        // bytes
    LEAST = 16,      // bytes of a block: header, two links and the size
    RUN = 2048,      // bytes of a run
    PIECE_MOST = 64, // bytes
    KINDS = PIECE_MOST / 8 + 1,
    WORTH = 16,       // blocks of a size that live
    REACH = 32 << 20, // bytes of the arena: no run lies behind
    COUNTED = 20,     // sizes of blocks that are counted: 0, 8, ...
    EXACT = 64,       // lists of one size each: 0, 8, ..., 504
    STEPS = 8,        // lists behind them for each doubling of the size
    LISTS = EXACT + 23 * STEPS,
    LOOKED_AT = 8, // blocks of a list, at most
};
#define SIZE_LIMIT ((size_t)1 << 31)

// A block is named by its place: the distance from the beginning of the arena
// to its header, which fits into 4 bytes. No block is at 0.
typedef uint32_t place;

static char *base;                    // of the arena
static place lists[LISTS];            // the first free block of each; 0: none
static uint64_t some[LISTS / 64 + 1]; // bit i: list i has a block
static place open_runs[KINDS]; // that have a free piece; the first of each list
static uint32_t live[COUNTED]; // blocks of such a size that are in no run
static uint64_t is_run[REACH / RUN / 64]; // a bit for each RUN bytes

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

    if (i < EXACT)
        return lists[i];
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

// ---- Runs -------------------------------------------------------------------

// At the beginning of a run; a free piece begins with the number of the next.
struct run {
    place next, previous; // open runs of this kind
    uint16_t size;        // of a piece, in bytes
    uint16_t used;        // pieces
    uint16_t free;        // the first one: bytes from the run; 0: none
    uint16_t fresh;       // from here on none was ever used
};

static struct run *run_at(place at)
{
    return (struct run *)(base + at);
}

static uint64_t *run_bits(place at)
{
    return &is_run[at / RUN / 64];
}

static uint64_t run_bit(place at)
{
    return UINT64_C(1) << at / RUN % 64;
}

static bool is_full(const struct run *run)
{
    return !run->free && run->fresh + run->size > RUN - WORD;
}

static void run_open(place at)
{
    struct run *run = run_at(at);
    place *first = &open_runs[run->size / 8];

    run->next = *first;
    run->previous = 0;
    if (*first)
        run_at(*first)->previous = at;
    *first = at;
}

static void run_close(place at)
{
    struct run *run = run_at(at);

    if (run->next)
        run_at(run->next)->previous = run->previous;
    if (run->previous)
        run_at(run->previous)->next = run->next;
    else
        open_runs[run->size / 8] = run->next;
}

// How many bytes of a free block are in front of the first header from which a
// run can begin; what is there is a block, or nothing.
static uint32_t gap_before_run(place block)
{
    uint32_t gap = (RUN - WORD - block % RUN) % RUN;

    return gap == 0 || gap >= LEAST ? gap : gap + RUN;
}

static bool holds_run(place block)
{
    return size_of(block) >= gap_before_run(block) + RUN;
}

static place find_for_run(void)
{
    for (unsigned i = next_list(list_for(RUN)); i < LISTS;
         i = next_list(i + 1)) {
        int looked = 0;
        for (place block = lists[i]; block && looked < LOOKED_AT; looked++) {
            if (holds_run(block))
                return block;
            block = *next_of(block);
        }
    }
    return 0;
}

// A used block that is a run. 0: there is no room.
static place take_run(void)
{
    place block = find_for_run();

    if (!block) {
        place end = free_at_end() ? before(last()) : last();
        uint32_t wanted = gap_before_run(end) + RUN;
        block = grow(wanted - free_at_end());
    }
    if (!block)
        return 0;
    uint32_t gap = gap_before_run(block), size = size_of(block);
    list_remove(block);
    if (gap) {
        make_free(block, gap);
        *word(block + gap) = size - gap;
        block += gap;
    }
    return cut(block, RUN);
}

static place begin_run(uint32_t size)
{
    place block = take_run(), at = block + WORD;

    if (!block)
        return 0;
    if (at >= REACH) {
        release(block);
        return 0;
    }
    *run_at(at) =
        (struct run){.size = (uint16_t)size, .fresh = sizeof(struct run)};
    *run_bits(at) |= run_bit(at);
    run_open(at);
    return at;
}

static void *take_piece(uint32_t size)
{
    place at = open_runs[size / 8];

    if (!at && !(at = begin_run(size)))
        return NULL;
    struct run *run = run_at(at);
    char *piece = (char *)run + (run->free ? run->free : run->fresh);
    if (run->free)
        run->free = *(uint16_t *)piece;
    else
        run->fresh += size;
    run->used++;
    if (is_full(run))
        run_close(at);
    return piece;
}

static void give_piece(void *piece)
{
    place at = (place)((char *)piece - base) / RUN * RUN;
    struct run *run = run_at(at);

    if (is_full(run))
        run_open(at);
    *(uint16_t *)piece = run->free;
    run->free = (uint16_t)((char *)piece - (char *)run);
    if (--run->used == 0 && (run->next || run->previous)) {
        run_close(at); // another one of this kind is open
        *run_bits(at) &= ~run_bit(at);
        release(at - WORD);
    }
}

static bool is_piece(const void *payload)
{
    place at = (place)((const char *)payload - base);

    return at < REACH && *run_bits(at) & run_bit(at);
}

// ---- What the caller sees ---------------------------------------------------

bool heap_init(void)
{
    base = arena_begin();
    memset(open_runs, 0, sizeof open_runs);
    memset(live, 0, sizeof live);
    memset(is_run, 0, sizeof is_run);
    memset(lists, 0, sizeof lists);
    memset(some, 0, sizeof some);
    if (!arena_grow(2 * WORD)) // a word that is not used, so that payloads
        return false;          // are at multiples of 8, and the last header
    *word(last()) = USED | BEFORE_USED;
    return true;
}

static void count(place block, uint32_t more)
{
    if (size_of(block) < 8 * COUNTED)
        live[size_of(block) / 8] += more;
}

// A block that is no piece.
static void *take_block(size_t payload)
{
    place block = take(size_for(payload));

    if (!block)
        return NULL;
    count(block, 1);
    return payload_of(block);
}

// Sizes of which few live are blocks; they are counted by what they occupy.
static void *take_small(size_t payload)
{
    uint32_t size = (uint32_t)(payload + 7) / 8 * 8;
    void *piece = NULL;

    if (open_runs[size / 8] || live[size_for(payload) / 8] >= WORTH)
        piece = take_piece(size);
    return piece ? piece : take_block(payload);
}

void *heap_alloc(size_t payload)
{
    if (payload == 0 || payload > SIZE_LIMIT)
        return NULL;
    return payload <= PIECE_MOST ? take_small(payload) : take_block(payload);
}

void heap_free(void *payload)
{
    if (!payload)
        return;
    if (is_piece(payload)) {
        give_piece(payload);
        return;
    }
    count(block_of(payload), (uint32_t)-1);
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

static void *move_piece(void *old, size_t payload)
{
    uint32_t had = run_at((place)((char *)old - base) / RUN * RUN)->size;

    if (payload <= had && payload + 8 > had)
        return old;
    void *moved = heap_alloc(payload);
    if (!moved)
        return NULL;
    memcpy(moved, old, had < payload ? had : payload);
    give_piece(old);
    return moved;
}

void *heap_realloc(void *old, size_t payload)
{
    if (!old)
        return heap_alloc(payload);
    if (payload == 0)
        heap_free(old);
    if (payload == 0 || payload > SIZE_LIMIT)
        return NULL;
    if (is_piece(old))
        return move_piece(old, payload);
    uint32_t size = size_for(payload);
    place block = block_of(old);
    count(block, (uint32_t)-1);
    bool wide = widen(block, size);
    if (wide)
        shrink(block, size);
    count(block, 1);
    if (wide)
        return old;
    void *moved = heap_alloc(payload);
    if (!moved)
        return NULL;
    memcpy(moved, old, size_of(block) - WORD);
    heap_free(old);
    return moved;
}
