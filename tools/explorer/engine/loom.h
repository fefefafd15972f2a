// loom.h - the exploration: what was asked for, executions, and their ends
//
// Interface: struct loom, loom, loom_leave, loom_ended, loom_endless,
// loom_exit, loom_stop.
// Threads: none. Ownership: the engine's.
#ifndef TELAR_LOOM_H
#define TELAR_LOOM_H

#include "tools/explorer/engine/engine.h"

enum points { POINTS_SYNC, POINTS_RACES, POINTS_ACCESSES };
enum loom_mode { MODE_SEARCH, MODE_REPLAY };

struct loom {
    // What was asked for: the words of protocol.h.
    enum loom_mode mode;
    enum points points;
    bool keep_going;
    bool wants_states;
    bool finishes;          // then=finish
    bool tells_all;         // detail=all
    int spurious;           // wakeups without a reason, in an execution
    int expiries;           // of time limits while others could still run
    unsigned checks;        // bits: 1 << enum failure_kind
    enum failure_kind kind; // the only one that counts; NO_FAILURE: any
    uint64_t max;           // executions
    double seconds;
    uint64_t seed;
    const char *schedule;
    // The execution that runs.
    bool is_running; // the program's code, not the engine's
    bool is_telling; // each step is reported
    struct budget left;
    struct failure failure;
    bool has_exited;
    int exit_status;
    taskset blocked; // for ever, at its end
    // All executions.
    uint64_t failing, first_failure;
    const void *weak; // an atomic operation here asked for less than the order
                      // that all of them are run in; NULL: none
};
extern struct loom loom;

// From the task that runs back to the loop over executions.
_Noreturn void loom_leave(void);

// The execution ended with these tasks blocked for ever.
void loom_ended(taskset blocked);

// The execution has taken STEP_BUDGET steps: it is given up.
_Noreturn void loom_endless(const void *pc);

// The program ends with that status, when nobody else can run. From a task.
_Noreturn void loom_exit(int status);

// The task that runs goes no further, and whoever waits for it may: that is no
// failure.
_Noreturn void loom_stop(const void *pc);

#endif
