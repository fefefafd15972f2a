// cell.h - what is known of each piece of the program's memory
//
// Interface: struct cell, cell_reader, cell_new_reader, cell_begin, cell_first,
// cell_next, cell_known, cells_learned.
// Threads: none. Ownership: cells live as long as the engine.
//
// A cell stands for 1, 2, 4 or 8 bytes: the smallest piece of its word of eight
// that the program ever accessed. Cells are kept from one execution to the next
// (the search decides by them which memory is shared); what happened to them is
// of one execution.
#ifndef TELAR_CELL_H
#define TELAR_CELL_H

#include "tools/explorer/engine/task.h"

// A read: when, by both clocks of its task; where; its event, -1: none.
struct reader {
    uint32_t sync, family;
    const void *pc;
    int event;
};
extern struct reader (*cell_rows)[TASK_LIMIT];

struct cell;
struct reader *cell_crowd(struct cell *cell, int task);

struct cell {
    uintptr_t address;
    uint32_t execution; // for which what stands below the line holds
    uint8_t size;       // bytes; 0: smaller ones have taken its place
    bool is_shared;     // seen: written, and touched by tasks that no create or
                        // join orders
    bool is_racy;       // seen: a data race on it
    // ---- of one execution
    // FastTrack (Flanagan and Freund, PLDI 2009, section 3), but every reader
    // keeps its entry: the latest write, and the latest read of each task since.
    int16_t writer;   // -1: none
    bool is_atomic;   // the latest write was
    uint32_t version; // how often it was written
    uint32_t write_sync, write_family;
    const void *write_pc;
    taskset readers;
    taskset atomic_readers;
    uint32_t release; // object that carries the clock of atomic releases, or 0
    // Of the search: numbers of events, -1: none.
    int last_write;
    taskset reading;
    // What is known of those in readers and reading: of one of them here, of
    // several in a row of their own.
    struct reader one;
    uint8_t only;  // whose that is
    uint32_t many; // number of the row, 0: none
};

// The latest read by task, which is in readers or reading.
static inline struct reader *cell_reader(struct cell *cell, int task)
{
    return cell->many ? &cell_rows[cell->many][task] : &cell->one;
}

// The same of one that is about to join them.
static inline struct reader *cell_new_reader(struct cell *cell, int task)
{
    if (cell->many)
        return &cell_rows[cell->many][task];
    if ((cell->readers | cell->reading) & ~set_of(task))
        return cell_crowd(cell, task);
    cell->only = (uint8_t)task;
    return &cell->one;
}

// The lower half of an address tells all of the program's memory apart
// (engine.h). For each word of eight bytes: the number of its first cell, times
// four, plus the logarithm of their size; 0: none yet.
extern uint32_t *cell_words;
extern struct cell *cell_all;
extern uint32_t execution_now;

// Before the first access.
void cell_begin(void);

// The cell that begins at or covers address, for an access that goes on for
// size bytes (1 or more). A piece smaller than any before makes new cells;
// cells_learned counts that.
struct cell *cell_find(uintptr_t address, size_t size);

// The first cell of the word of eight bytes at address; NULL when nobody ever
// accessed one of them.
struct cell *cell_known(uintptr_t address);

// The cells of size bytes at address, in order; cell_next is NULL behind the
// last.
static inline struct cell *cell_first(uintptr_t address, size_t size)
{
    uint32_t word = cell_words[(uint32_t)address >> 3];
    struct cell *cell = &cell_all[(word >> 2) + ((address & 7) >> (word & 3))];

    if (word && cell->execution == execution_now && cell->size <= size &&
        (address & (cell->size - 1u)) == 0)
        return cell;
    return cell_find(address, size);
}

static inline struct cell *cell_next(const struct cell *cell, uintptr_t end)
{
    uintptr_t address = cell->address + cell->size;

    return address < end ? cell_find(address, end - address) : NULL;
}

// Grows when more is known than before about which memory is shared, racy or
// accessed in which pieces.
extern unsigned cells_learned;

#endif
