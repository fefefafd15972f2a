// together.h - for how long tasks had a CPU at the same time
//
// Interface: struct together, together_of, together_read.
// Threads: no shared state. Ownership: nothing is kept.
#ifndef TELAR_TOGETHER_H
#define TELAR_TOGETHER_H

#include "tools/trace/lanes.h"

struct together {
    uint64_t one; // time in which at least one task had a CPU
    uint64_t two; // in which at least two had
};

// From lanes of a trace whose scheduling is known (model.source not 0); else
// both are 0. Returns false when memory is short.
bool together_of(const struct lanes *lanes, struct together *together);

// The same of the trace at path. Returns false where it cannot be read, or says
// nothing of CPUs.
bool together_read(const char *path, struct together *together);

#endif
