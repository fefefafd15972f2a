// worker.c - plays loads on the student's heap and tells where the blocks lay
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tools/grader/worker.h"

#include "arena.h"
#include "heap.h"

struct op { // as in loads.h
    uint32_t kind, id, size;
};

struct told {       // of one operation
    uint32_t from;  // the beginning of the arena to the block
    uint32_t found; // what was read in the block: its sum
};

enum { NOWHERE = 0xffffffff, OUTSIDE = 0xfffffffe, IDS = 1 << 16 };

struct held {
    unsigned char *at;
    uint32_t size;
};

// Beside the arena, as the globals of the student's are measured.
static struct held *held;

static uint32_t place_of(const unsigned char *at)
{
    if (!at)
        return NOWHERE;
    uint64_t from = (uint64_t)(uintptr_t)at - (uintptr_t)arena_begin();
    return from < OUTSIDE ? (uint32_t)from : OUTSIDE;
}

// A sum in which the order of the bytes counts.
static uint32_t sum_of(const unsigned char *at, uint32_t size)
{
    uint32_t sum = 1;

    for (uint32_t i = 0; i < size; i++)
        sum = sum * 31 + at[i];
    return sum;
}

static void fill(unsigned char *at, uint32_t id, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++)
        at[i] = (unsigned char)(id * 7 + i);
}

// Nothing is read or written where no block can be.
static int is_inside(const unsigned char *at, uint32_t size)
{
    uint32_t from = place_of(at);

    return from < OUTSIDE && from <= arena_size() &&
           size <= arena_size() - from;
}

static struct told play_op(const struct op *op)
{
    struct held *old = &held[op->id % IDS];
    struct told told = {NOWHERE, 0};
    uint32_t both = op->size < old->size ? op->size : old->size;
    unsigned char *at = NULL;

    if (op->kind == 'a')
        at = heap_alloc(op->size);
    if (op->kind == 'r')
        at = heap_realloc(old->at, op->size);
    if (op->kind == 'f') {
        told.found = sum_of(old->at, old->size);
        heap_free(old->at);
    }
    told.from = place_of(at);
    int inside = is_inside(at, op->size);
    if (op->kind == 'r' && inside)
        told.found = sum_of(at, both);
    if (inside)
        fill(at, op->id, op->size);
    *old = (struct held){at, inside ? op->size : 0};
    return told;
}

static void call_start(struct call *call)
{
    if (!held)
        held = calloc(IDS, sizeof *held);
    arena_start((size_t)take_int(call));
    give_int(call, heap_init());
    give_int(call, (long long)arena_size());
}

// As many operations as can be done: the first that gives no block, or one in
// the wrong place, is the last.
static void call_play(struct call *call)
{
    size_t size, done = 0;
    const struct op *ops = take_bytes(call, &size);
    size_t count = size / sizeof *ops;
    struct told *told = calloc(count + 1, sizeof *told);

    while (done < count) {
        const struct op *op = &ops[done];
        told[done++] = play_op(op);
        if (op->kind != 'f' && op->size > 0 &&
            !is_inside(held[op->id % IDS].at, op->size))
            break;
    }
    give_bytes(call, told, done * sizeof *told);
    give_int(call, (long long)arena_size());
    free(told);
}

// One call, with any size: a block or NULL.
static void call_alloc(struct call *call)
{
    void *block = heap_alloc((size_t)take_int(call));

    give_int(call, block != NULL);
}

static void call_realloc(struct call *call)
{
    struct held *old = &held[take_int(call) % IDS];
    size_t size = (size_t)take_int(call);
    void *block = heap_realloc(old->at, size);

    give_int(call, block != NULL);
    give_int(call, sum_of(old->at, old->size));
}

static void call_free_nothing(struct call *call)
{
    heap_free(NULL);
    give_int(call, (long long)arena_size());
}

// ---- For the clock ----------------------------------------------------------

// Returns how many requests got no block: they cost next to nothing.
static long long play_heap(const struct op *ops, size_t count)
{
    long long refused = 0;

    for (size_t i = 0; i < count; i++) {
        void **at = (void **)&held[ops[i].id].at;
        if (ops[i].kind == 'a')
            *at = heap_alloc(ops[i].size);
        else if (ops[i].kind == 'r')
            *at = heap_realloc(*at, ops[i].size);
        else
            heap_free(*at);
        refused += ops[i].kind != 'f' && !*at;
    }
    return refused;
}

// The load as often as it is asked for; the suite holds the watch.
static void call_again(struct call *call)
{
    size_t size;
    long long times = take_int(call), refused = 0;
    const struct op *ops = take_bytes(call, &size);

    for (long long i = 0; i < times; i++)
        refused += play_heap(ops, size / sizeof *ops);
    give_int(call, refused);
}

// ---- Beside the arena -------------------------------------------------------

// How many bytes behind the arena's end, in its last page, somebody wrote to.
static void call_behind(struct call *call)
{
    const unsigned char *end = (unsigned char *)arena_begin() + arena_size();
    long long written = 0;

    for (; (uintptr_t)end % 4096 != 0; end++)
        written += *end != ARENA_RUBBISH;
    give_int(call, written);
}

const struct operation worker_operations[] = {
    {"heap_init", call_start},
    {"play", call_play},
    {"heap_alloc", call_alloc},
    {"heap_realloc", call_realloc},
    {"free_nothing", call_free_nothing},
    {"again", call_again},
    {"behind", call_behind},
    {0},
};
