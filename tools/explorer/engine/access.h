// access.h - what happens at each access to memory
//
// Interface: access_plain, access_atomic, access_changed,
// access_learn.
// Threads: none. Ownership: none.
#ifndef TELAR_ACCESS_H
#define TELAR_ACCESS_H

#include "tools/explorer/engine/engine.h"

// The task that runs is about to read or write size bytes (1 or more) at
// address: checks that they are its to touch and that no other access races
// with it; a choice of the search where that is asked for.
void access_plain(uintptr_t address, size_t size, enum op_kind kind,
                  const void *pc);

// The same of an atomic operation; changes: as things stand it would change
// the value. Always a choice, on memory that is shared.
void access_atomic(uintptr_t address, size_t size, enum op_kind kind,
                   bool changes, const void *pc);

// An atomic operation did change the value.
void access_changed(uintptr_t address, size_t size);

// An access that will not be made, since it fails, shows all the same with whom
// the memory is shared.
void access_learn(uintptr_t address, size_t size);

#endif
