// blocks.h - the blocks of memory of every process, and which live when
//
// Interface: struct block, struct blocks, blocks_build, blocks_see,
// blocks_stop, blocks_free, blocks_of, block_lives, struct block_walk,
// blocks_walk, blocks_next, struct heap_cut, blocks_cut, struct heap_cutting,
// heap_cut_add, heap_cut_stop.
// Threads: one at a time. Ownership: blocks own their memory.
#ifndef TELAR_BLOCKS_H
#define TELAR_BLOCKS_H

#include "tools/trace/model.h"

#define BLOCK_LIVES_ON UINT32_MAX
#define BLOCK_HOLE 32 // bytes; less between two blocks is the allocator's own

struct block {
    uint64_t address, size_bytes;
    uint32_t pid, task;  // that allocated it
    uint32_t born, died; // numbers of events; BLOCK_LIVES_ON: not freed
};

struct blocks {
    struct block *all; // by process, address, birth
    size_t count, room;
    size_t *runs; // where in all the blocks of one more address begin
    size_t run_count;
    uint64_t stray;           // frees of what no event allocated
    struct blocks_live *live; // while the trace is gone through
};

// Looks through the whole trace. Returns false when memory is short, with
// nothing left to free.
bool blocks_build(struct blocks *blocks, const struct reader *reader);
void blocks_free(struct blocks *blocks);

// For who walks through the trace himself (survey.h): each event in its order,
// then the end. False: memory is short; after the stop with nothing left to
// free.
bool blocks_see(struct blocks *blocks, const struct reader *reader,
                size_t event);
bool blocks_stop(struct blocks *blocks);

// The blocks of one process: the first of them, and how many.
const struct block *blocks_of(const struct blocks *blocks, uint32_t pid,
                              size_t *count);

// Is it there when position events have happened?
static inline bool block_lives(const struct block *block, size_t position)
{
    return block->born < position && position <= block->died;
}

// Those of one process that live when position events have happened, in the
// order of their addresses, one after the other; then NULL.
struct block_walk {
    const struct blocks *blocks;
    size_t position, run, end; // the next run, and the one behind the last
};
struct block_walk blocks_walk(const struct blocks *blocks, uint32_t pid,
                              size_t position);
const struct block *blocks_next(struct block_walk *walk);

// A part of the address space in which blocks lie close together, at one
// moment: [low, high), from the first block to the end of the last one.
struct heap_cut {
    uint64_t low, high;
    uint64_t blocks, used_bytes;
    uint64_t holes, free_bytes, largest_hole_bytes;
};
enum { HEAP_GAP = 1 << 20, HEAP_CUTS = 8 }; // farther apart: another part

// The parts of a process's heap at position, those with most blocks first; at
// most HEAP_CUTS. Returns how many.
int blocks_cut(const struct blocks *blocks, uint32_t pid, size_t position,
               struct heap_cut cuts[HEAP_CUTS]);

// The same for who goes through the living blocks himself, in the order of
// their addresses; begins as {0}. The stop returns how many.
struct heap_cutting {
    struct heap_cut cuts[HEAP_CUTS], open;
    int count;
};
void heap_cut_add(struct heap_cutting *cutting, const struct block *block);
int heap_cut_stop(struct heap_cutting *cutting);

#endif
