// loom.h - the exploration: executions, their ends, and what is told of them
//
// Interface: struct loom, loom, loom_leave, loom_ended.
// Threads: none. Ownership: the engine's.
#ifndef TELAR_LOOM_H
#define TELAR_LOOM_H

#include "tools/explorer/engine/engine.h"

struct loom {
    // What was asked for.
    bool points_are_accesses; // every shared access is a choice
    bool points_are_races;    // every access that was seen to race is one
    bool keep_going;
    int spurious; // wakeups without a reason, in an execution
    int expiries; // of time limits while others could still run
    // The execution that runs.
    int spurious_left, expiries_left;
    struct failure failure;
    // All executions.
    uint64_t failing;
    bool is_weak; // an atomic operation asked for less than the order that all
                  // of them are run in
};
extern struct loom loom;

// From the task that runs back to the loop over executions.
_Noreturn void loom_leave(void);

// The execution ended with these tasks blocked for ever.
void loom_ended(taskset blocked);

#endif
