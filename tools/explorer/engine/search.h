// search.h - which of the tasks that could run does
//
// Interface: struct node, trail, search_..., one function a need of arrive().
// Threads: none. Ownership: the trail lives as long as the engine.
//
// Source: DPOR with source sets and sleep sets: Abdulla, Aronis, Jonsson and
// Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial Order
// Reduction", JACM 64(4) 2017, algorithm 1.
#ifndef TELAR_SEARCH_H
#define TELAR_SEARCH_H

#include "tools/explorer/engine/engine.h"

// One event of the execution, and what is left to try in its place.
struct node {
    struct op op;
    uint8_t task;
    uint8_t alternative; // index of the one taken
    uint8_t alternative_count;
    uint8_t alternatives[ALTERNATIVE_LIMIT];
    bool is_preemption; // another one ran before, and could have gone on
    int cost;           // of what search_afford bounds, up to here
    taskset enabled;
    taskset sleep;     // need not run here: done elsewhere
    taskset backtrack; // must run here
    taskset done;
    taskset asleep_after; // of sleep and done, those the event did not wake
    uint32_t events;      // number of this event among its task's
    int previous[2];      // event on the same object (of op.object, op.second)
    struct object_state before[2]; // of these
    struct budget budget;          // that was left
    struct clock order;
};

enum { NODE_LIMIT = 100000 };
extern struct node *trail;
extern int trail_length; // events of this execution

// In the order of their names in options.c.
enum strategy {
    STRATEGY_DFS,
    STRATEGY_DPOR,
    STRATEGY_RANDOM,
    STRATEGY_POS,
    STRATEGY_WALK,
    STRATEGY_PCT,
};

struct search {
    enum strategy strategy;
    int preemption_limit; // -1: none
    int delay_limit;      // -1: none
    int depth;            // of PCT
    int step_limit;
    uint64_t executions,
        asleep;      // complete ones; cut off because done elsewhere
    bool is_asleep;  // this one is
    bool is_forced;  // the event that is chosen: see search_expire
    bool is_leaving; // see search_leave
    uint64_t cut;    // at step_limit
};
extern struct search search;

void search_begin(void);

// Before each execution. False when nothing is left to try.
bool search_next(void);

// The tasks of `enabled` could run. Returns the one that does, appended to the
// trail with its alternative granted; -1 when none need to.
int search_choose(taskset enabled);

// Nobody can run, and several of these end the program. Returns which, or -1.
int search_leave(taskset waiting);

// Nobody can run, and the time limit of a wait of one of these tasks expires:
// not for the budget, and at no cost. Returns which, or -1 when all that was
// done elsewhere.
int search_expire(taskset waiting);

static inline bool search_is_bounded(void)
{
    return search.delay_limit >= 0 || search.preemption_limit >= 0;
}

// Those of enabled that the bounds on preemptions or delays still allow.
taskset search_afford_some(taskset enabled);
static inline taskset search_afford(taskset enabled)
{
    return search_is_bounded() ? search_afford_some(enabled) : enabled;
}

// Of this execution; a spurious wakeup or an expiry counts as one.
int search_preemptions(void);

// Does it matter which of the two operations comes first?
bool search_dependent(const struct op *a, const struct op *b);

// An execution came to its end with these tasks blocked for ever.
void search_end(taskset blocked);

// Clocks have to hold task number `number`.
void search_widen(int number);

#endif
