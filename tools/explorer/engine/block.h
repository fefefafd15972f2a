// block.h - one piece of the heap (between heap.c, heap_check.c and leak.c)
//
// Interface: struct block, BYTES, block_newest, block_address, block_is_live,
// block_of, block_near, block_checked, heap_renew.
// Threads: none. Ownership: a block's head stands in the heap, before its
// bytes, where no access of the program may go.
#ifndef TELAR_BLOCK_H
#define TELAR_BLOCK_H

#include "tools/explorer/engine/heap.h"

struct block {
    size_t size; // bytes that the program asked for
    size_t span; // bytes that are taken from the heap for it
    const void *allocated_at, *freed_at; // pc
    struct block *older;                 // taken before it
    struct block *next;             // in the quarantine, among the free ones
    int16_t allocated_by, freed_by; // tasks; freed_by -1: live
    uint8_t logarithm; // of span; 0: of no power of two, not to be used again
    bool is_reached;   // heap_leak: something points to it
} __attribute__((aligned(64)));

enum { BLOCK_HEAD = sizeof(struct block) };

#define BYTES(count) ((count) == 1 ? "byte" : "bytes") // in both languages

extern struct block *block_newest;

static inline uintptr_t block_address(const struct block *block)
{
    return (uintptr_t)block + BLOCK_HEAD;
}

static inline bool block_is_live(const struct block *block)
{
    return block->freed_by < 0;
}

// The block whose bytes begin at that address; NULL when there is none.
struct block *block_of(uintptr_t address);

// The block that address lies in or, if none, the one before it; or NULL.
struct block *block_near(uintptr_t address);

// The live block that begins at address, to be given back or moved. Otherwise a
// failure, and NULL.
struct block *block_checked(uintptr_t address, const void *pc);

// Before anything else is done in an execution: nothing is allocated.
void heap_renew(void);

#endif
