// access.h - what happens at each access to memory
//
// Interface: access_plain, access_atomic.
// Threads: none. Ownership: none.
#ifndef TELAR_ACCESS_H
#define TELAR_ACCESS_H

#include "tools/explorer/engine/engine.h"

// The task that runs is about to read or write size bytes at address: checks
// that they are its to touch and that no other access races with it; a choice
// of the search where that is asked for.
void access_plain(uintptr_t address, size_t size, enum op_kind kind,
                  const void *pc);

// The same of an atomic operation that arrived already.
void access_atomic(uintptr_t address, size_t size, enum op_kind kind,
                   const void *pc);

#endif
