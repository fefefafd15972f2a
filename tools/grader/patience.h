// patience.h - a deadline that does not run while the machine serves others
//
// A worker that answers late on a busy machine may have had no processor to
// answer with. What counts is the time in which it, with all it started, had a
// processor or wanted none: the kernel tells how long each task stood in line.
//
// Interface: patience_begin, patience_is_over, patience_lent_ms.
// Threads: one. Ownership: nothing is handed over.
//
// Internal to the grader.
#ifndef TELAR_PATIENCE_H
#define TELAR_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tools/grader/proc.h"

struct patience {
    pid_t pid; // with its descendants
    int64_t allowed_ms;
    int64_t began_ms, until_ms; // on CLOCK_MONOTONIC
    struct proc_times before;   // of pid
    int64_t idle_ms;            // of the machine when it began
};

struct patience patience_begin(pid_t pid, int64_t allowed_ms);

// Has the family had its time? True at the latest after 12 times what was
// allowed; *starved then says whether it got hardly any of it: nobody can judge
// that.
bool patience_is_over(struct patience *patience, bool *starved);

// The time up to now in which no processor was idle, and none was the family's:
// what the answer took because of others. (Those who stood in line and are dead
// cannot be asked how long.)
int64_t patience_lent_ms(const struct patience *patience);

#endif
