// object.h - locks, conditions, semaphores: what the program synchronises with
//
// Interface: struct object, objects, object_at,
// object_init, object_write, object_read, object_begin_execution.
// Threads: none. Ownership: objects belong to the engine; they stand for an
// address of the program.
#ifndef TELAR_OBJECT_H
#define TELAR_OBJECT_H

#include "tools/explorer/engine/task.h"

// What decides whether an operation on it can go on.
struct object_state {
    int16_t owner; // task, -1: none
    int32_t count; // mutex: how often its owner locked it; semaphore: its
                   // value; read-write lock: readers; barrier: arrived;
                   // condition: waiters; once: 0 new, 1 running, 2 done
};

// How many accidents the execution may still have.
struct budget {
    int16_t spurious; // wakeups without a reason
    int16_t expiries; // of time limits while others could still run
};

struct object {
    uintptr_t address;
    uint32_t execution; // for which the rest holds
    uint8_t kind;       // enum object_kind
    uint8_t type;       // of a mutex: PTHREAD_MUTEX_...
    bool is_destroyed;
    bool is_robust;
    struct object_state state;
    taskset holders;      // readers of a read-write lock
    int32_t limit;        // barrier: tasks it waits for
    uint32_t round;       // barrier: how often it opened
    int signals_lost;     // condition: signals that met no waiter
    uint32_t version;     // how often it was taken or given back
    uint32_t waits;       // condition: how many waits began
    int last_event;       // of the search, -1: none
    struct clock sync;    // what its releases left for those who acquire it
    struct clock readers; // what readers left for writers
    const void *pc;       // of the latest acquisition
};

// Object number 1 stands for what all tasks share without a name: how many
// spurious wakeups and expiries the execution may still have.
enum { OBJECT_LIMIT = 4096, BUDGET = 1 };
extern uint32_t object_count; // numbers below it are in use
extern struct object objects[OBJECT_LIMIT];

// The number of the object at that address: when this execution has not named
// it yet, of that kind and in its initial state. 0 when there are too many.
uint32_t object_at(uintptr_t address, enum object_kind kind);

// The program makes it anew: in its initial state, whatever it was.
struct object *object_init(uint32_t number, enum object_kind kind);

// What stands in the first four bytes of the object's own memory: of no use to
// the engine but to see that the program has written there, or copied it. Where
// there is no such memory nothing is written, and `otherwise` is read.
void object_write(const struct object *object, uint32_t word);
uint32_t object_read(const struct object *object, uint32_t otherwise);

// Before each execution.
void object_begin_execution(void);

#endif
