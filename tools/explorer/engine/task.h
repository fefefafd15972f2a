// task.h - threads of the program under exploration, and what each does next
//
// Interface: struct op, op_class_of, op_name_of, struct task, tasks, TASK,
// task_new, task_inherit, task_has, tasks_reset.
// Threads: one kernel thread runs them all. Ownership: tasks and their stacks
// live from one execution to the next; their contents do not.
#ifndef TELAR_TASK_H
#define TELAR_TASK_H

#include <pthread.h>
#include <stddef.h>

#include "tools/explorer/engine/clock.h"
#include "tools/explorer/kinds.h"

extern const uint8_t op_class_of[OP_KINDS];
extern const char *const op_name_of[OP_KINDS];

struct op {
    uint8_t kind;    // enum op_kind
    bool is_timed;   // may end by its time limit
    bool is_parked;  // granted only because another task wrote
    uint32_t size;   // bytes, of a CELL op
    uint32_t object; // number; of JOIN: the task
    uint32_t second; // number of the other one (the condition of a wait), or 0
    uintptr_t address; // that the program named
    const void *pc;    // where its call returns to
};

enum life { TASK_LIVE, TASK_FINISHED };

// Something a task looked at while it waits in a loop.
struct glance {
    uintptr_t address;
    uint32_t size; // of memory; 0: an object
    uint32_t object;
    int version; // how often it had been changed
};
enum { GLANCE_LIMIT = 8 };

// A call that has not returned: where from, and where its frame lies.
struct frame {
    const void *pc;
    const char *address;
    const char *base; // frame pointer of the function: its locals lie below
    const char *link; // and its caller's, or NULL: nobody knows
};
enum { CALL_LIMIT = 64 };

enum { ALTERNATIVE_LIMIT = 16 };

struct task {
    void *stack_pointer; // while another one runs
    enum life life;
    bool is_detached, is_joined;
    bool is_parked;  // looped without effect; runs again when a glance changes
    uint8_t granted; // enum alternative, of the op granted last
    struct op op;    // pending, or granted last
    void *(*start)(void *);
    void *argument;
    void *result;
    const void *created_at; // pc
    uint32_t events;
    uint32_t children;  // that it created
    uint32_t unknowns;  // values that it asked for: see verifier.c
    uint32_t held;      // locks that it owns
    uint32_t loop_held; // locks, where the loop was begun to be watched
    pthread_t handle;
    int creator;
    uint64_t steps;       // of schedules, in a replay
    uint64_t time_ns;     // its virtual clock
    uint32_t wait_mutex;  // COND_SLEEP: that it takes again when woken
    uint32_t wait_number; // COND_SLEEP: its place among the waiters
    uint32_t looks;       // in a row, without an act: see spin.h
    uint32_t loop_anchor; // looks when the loop was begun to be watched
    const void *loop_pc;
    uint64_t loop_state;
    int glance_count; // -1: too many
    uint64_t random_state;
    int errno_value;
    void **specific; // values of pthread keys
    // ---- task_new clears what stands above, and of the clocks what is used
    struct clock order;  // dependence, between events of the search
    struct clock sync;   // happens-before of the program
    struct clock family; // happens-before by create and join alone
    struct glance glances[GLANCE_LIMIT];
    struct frame calls[CALL_LIMIT]; // the first call_count, outermost first
    int call_count;
    char *stack;   // lowest address
    char *deepest; // that a function of the program began with
};

// Together 8 MiB, as elsewhere; only what is used takes memory.
enum {
    STACK_GUARD_BYTES = 64 * 1024,
    STACK_BYTES = 8 * 1024 * 1024 - STACK_GUARD_BYTES
};

extern struct task tasks[TASK_LIMIT];
extern int task_count; // of this execution
extern int task_now;   // the one that runs

#define TASK (&tasks[task_now])

// A new task of this execution, pending START, its clocks those of its creator.
// NULL when there are TASK_LIMIT.
struct task *task_new(void *(*start)(void *), void *argument);

// Everything that happened to `from` so far happened before what task does now.
void task_inherit(struct task *task, const struct task *from);

// Is address on the stack of a task of this execution?
bool task_has(uintptr_t address);

// Forgets the tasks of an execution; their stacks stay.
void tasks_reset(void);

#endif
