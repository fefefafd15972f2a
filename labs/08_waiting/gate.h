// gate.h - a gate that opens once, for everybody (given, do not edit)
//
// Interface: gate_init, gate_wait, gate_open.
// Threads: any number may call gate_wait and gate_open on the same gate, at any
// time after gate_init. Ownership: the caller's; nothing is allocated.
#ifndef GATE_H
#define GATE_H

#include <pthread.h>
#include <stdbool.h>

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened; // is_open is true now
    bool is_open;          // guarded by lock
};

// The gate is closed. (Written for you in gate.c.)
void gate_init(struct gate *gate);

// YOU WRITE THESE TWO, in gate.c.

// Blocks while the gate is closed. Once it is open: returns at once, always.
void gate_wait(struct gate *gate);

// Opens the gate, for ever: all who wait go through, and all who come later.
// Never blocks for long. To open an open gate changes nothing.
void gate_open(struct gate *gate);

#endif
