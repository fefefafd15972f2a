// waits.h - every wait of a stretch, by what was waited for
//
// A wait is a span in which a task is blocked. Its target is an object, or,
// where that has no identity, the kind of event that began it.
//
// Interface: struct wait, waits_walk, waits_targets, waits_label;
// struct waited, waits_sums.
// Threads: one at a time. Ownership: the caller frees what waits_sums returns.
#ifndef TELAR_WAITS_H
#define TELAR_WAITS_H

#include "viz/stage.h"

struct wait {
    uint32_t task;
    uint32_t target;     // below waits_targets
    uint64_t begin, end; // time, all of it
    uint64_t inside;     // how much of it lies in the stretch
    bool ended;          // not by the end of the trace
};

// Tells of each wait that shares some time with [from, to), task by task.
void waits_walk(const struct stage *stage, uint64_t from, uint64_t to,
                void (*tell)(void *context, const struct wait *wait),
                void *context);

// How many targets there are: those below model.object_count are objects.
uint32_t waits_targets(const struct stage *stage);

// What it is on one line, in text ("m1", "end of a thread"). Returns text.
char *waits_label(const struct stage *stage, uint32_t target, char *text,
                  size_t size);

struct waited {                     // by target
    uint64_t count, total, longest; // in the stretch
    uint64_t open;                  // that had not ended at the end of it
};

// NULL: memory is short.
struct waited *waits_sums(const struct stage *stage, uint64_t from,
                          uint64_t to);

#endif
