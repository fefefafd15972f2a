// spin.h - tasks that wait in a loop, without blocking
//
// A task that comes back to the same place with the same stack, and has only
// looked since (read, failed to try), will do the same again until something it
// looked at changes. Locks that it takes and gives back in between change
// nothing; it is never parked with one of them. It is parked until then:
// nothing is lost, since a longer wait ends in the same state, and an execution
// does not go on for ever.
//
// Interface: spin_look, spin_acted, spin_released, spin_is_idle, spin_watches.
// Threads: none. Ownership: none.
// Source: the cycle is found as in Brent 1980, section 2.
#ifndef TELAR_SPIN_H
#define TELAR_SPIN_H

#include "tools/explorer/engine/engine.h"

// The task that runs is about to look: at size bytes at address or, with size
// 0, at an object; at neither: it takes a lock. frame is the lowest address of
// its stack that is the program's, NULL: not known. May park it; the next
// arrive() then waits.
void spin_look(uintptr_t address, uint32_t size, uint32_t object,
               const void *pc, const void *frame);

// It gives back a lock, one of TASK->held.
void spin_released(void);

// It did something that others, or its own next look, may see.
void spin_acted(void);

// Is the task parked, and nothing that it looked at has changed?
bool spin_is_idle(struct task *task);

// Would op change what the parked task looked at?
bool spin_watches(const struct task *task, const struct op *op);

#endif
