// tally.h - sums over a whole trace: who did what how long, who called what
//
// Interface: tally_open, tally_close, tally_longest.
// Threads: one at a time. Ownership: the model is the caller's and is moved to
// its end; tally_close gives back the rest.
#ifndef TELAR_TALLY_H
#define TELAR_TALLY_H

#include "tools/trace/model.h"

struct tally_task {
    uint64_t ns[MODEL_EXITED + 1]; // by enum model_doing
    uint64_t since;
    uint32_t doing;
    uint32_t wait;    // index + 1 into waits; 0: none now
    uint32_t calling; // index + 1 into calls; 0: in none
    uint64_t call_since;
};

// One thing that one task waited for: times, and how long in all.
struct tally_wait {
    uint32_t task, kind; // kind of the event that began it; 0: nobody said
    uint64_t object;
    uint64_t ns, times;
};

// One system call, by name.
struct tally_call {
    uint32_t name;
    uint64_t count, errors, ns;
};

struct tally {
    struct tally_task *tasks; // by number
    uint32_t task_count;
    struct tally_wait *waits;
    size_t wait_count, wait_room;
    uint32_t *index; // hash of task, kind and object to wait + 1
    size_t index_size;
    struct tally_call *calls;
    size_t call_count, call_room;
};

// Goes through the whole trace. A task that lost events has times up to the
// last that there was room for. Returns false when memory is short.
bool tally_open(struct tally *tally, struct model *model);
void tally_close(struct tally *tally);

// What task waited for longest in all, or NULL.
const struct tally_wait *tally_longest(const struct tally *tally,
                                       uint32_t task);

#endif
