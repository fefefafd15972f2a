// look.h - the visualizer, opened by another instrument
//
// It is a program of its own (telar-view), which has the terminal until the
// person leaves it.
//
// Interface: look_is_built, look_can_open, look_open, look_tell.
// Threads: for a process with a single thread. Ownership: a look is only read.
#ifndef TELAR_LOOK_H
#define TELAR_LOOK_H

#include <stdbool.h>

struct look {
    const char *trace; // path
    const char *at;    // as "telar view --at" takes it, or NULL: the beginning
    const char *view;  // as --view does, or NULL: the first
    bool large;        // for the projector
};

// Has this build a visualizer?
bool look_is_built(void);

// Is there a person at a terminal that can show it?
bool look_can_open(void);

// Shows the trace until the person quits. Blocks; Ctrl-C is the visualizer's
// alone. Returns its exit status, as a shell says it: 2, said on standard
// error, when there was nothing to show it with.
int look_open(const struct look *look);

// Says in words, on standard output, what it would show. The same otherwise.
int look_tell(const struct look *look);

#endif
