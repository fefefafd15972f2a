// play_shared.h - the memory that several threads were seen to use
//
// The engine says which accesses of a replay are to shared memory, as far as
// that replay can know; what one replay taught holds for all.
//
// Interface: struct shared, shared_learn, shared_has, shared_free.
// Threads: no shared state. Ownership: a set owns its pieces.
#ifndef TELAR_PLAY_SHARED_H
#define TELAR_PLAY_SHARED_H

#include "tools/explorer/report.h"

struct piece {
    uint64_t address;
    uint32_t size_bytes;
};

struct shared {
    struct piece *pieces; // as they were accessed, each once
    size_t count;
};

// Is it an access to memory (not to a mutex or the like)?
bool is_access(const struct step *step);

// Adds what the steps of a replay access, one that told accesses to shared
// memory only.
void shared_learn(struct shared *shared, const struct replay *replay);

// Does the step access a piece of it?
bool shared_has(const struct shared *shared, uint64_t address,
                uint32_t size_bytes);

void shared_free(struct shared *shared);

#endif
