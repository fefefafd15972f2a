// sync.h - what all calls that synchronise have in common
//
// Interface: meet, sync_check, sync_destroy, object_named, sync_acquire,
// sync_release.
// Threads: none. Ownership: none.
#ifndef TELAR_SYNC_H
#define TELAR_SYNC_H

#include "tools/explorer/engine/engine.h"

// The task that runs comes to do op to the object at address (of that kind when
// it is new), and has been chosen to. Use of what was destroyed is a failure.
struct object *meet(enum op_kind op, const void *address, enum object_kind kind,
                    const void *pc);

// The task that runs may use the object: it is not destroyed, nor was the
// memory that it lies in given back.
void sync_check(uint32_t number, const void *pc);

// The object is not to be used again, until its memory is written anew.
void sync_destroy(struct object *object);

// Its number, without doing anything.
uint32_t object_named(const void *address, enum object_kind kind);

// What others released into the object happened before what the task does now.
void sync_acquire(struct object *object);

// What the task did so far happened before what those do who acquire the
// object.
void sync_release(struct object *object);

#endif
