// section.h - pieces of the program during which nobody else runs
//
// No C program has them, but those that are written for verifiers do: between
// __VERIFIER_atomic_begin and __VERIFIER_atomic_end, and in functions whose
// names begin with __VERIFIER_atomic_. To the search all of such a section is
// one event, which writes a cell of its own; every access that is a choice
// reads that cell.
//
// Interface: section_find, section_begin, section_end, section_enter,
// section_leave, section_is_mine, section_excludes, section_writes,
// section_undo, section_cell, section_in_use, section_address.
// Threads: none. Ownership: none.
#ifndef TELAR_SECTION_H
#define TELAR_SECTION_H

#include "tools/explorer/engine/engine.h"

// Once, before the first execution: which functions are sections.
void section_find(void);

// The task that runs begins one, or one within another; and ends it.
void section_begin(const void *pc);
void section_end(void);

// A function begins, or ends, whose code pc lies in.
extern int section_function_count;
void section_enter(const void *pc);
void section_leave(const void *pc);

// The task that runs is in a section.
bool section_is_mine(void);

// Another task is in one, and can go on.
bool section_excludes(const struct task *task);

// What the task is about to do concerns this address: of one that waits in a
// loop for a section, what it looks at there.
uintptr_t section_address(const struct task *task);

// The task that runs is about to write: section_undo can take it back.
void section_writes(uintptr_t address, size_t size);

// The section that the task that runs is in ends as if it had never begun.
void section_undo(void);

// The cell that sections write, and all other accesses read; NULL where the
// program has none.
extern bool section_in_use;
struct cell *section_cell(const struct op *op);

#endif
