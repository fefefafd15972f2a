// lanes.h - what every task did from when to when, over the whole trace
//
// Made in one pass of the model; afterwards any stretch of any lane is found in
// O(log n), so that a screen can be drawn thirty times a second. A span ends
// where the next one of its lane begins.
//
// Interface: lanes_build, lanes_refresh, lanes_begin, lanes_see, lanes_stop,
// lanes_free, lanes_find, lanes_end, lanes_cpu, lanes_sums, lanes_shares,
// span_now, span_is_same.
// Threads: one at a time. Ownership: lanes owns its memory; the model must
// stay.
#ifndef TELAR_LANES_H
#define TELAR_LANES_H

#include "tools/trace/findings.h"

enum { MODEL_DOINGS = MODEL_EXITED + 1 };

// There are millions of them: 16 bytes each. Who has asked for something and
// runs on does not wait for it.
struct span {
    uint64_t begin; // time
    union {
        uint32_t object; // blocked, asleep: index in model.objects + 1; 0: none
        uint32_t cpu;    // on_cpu: its number
    };
    uint16_t kind; // of the event that began a wait, 0: it does not wait
    uint8_t doing; // enum model_doing
    bool on_cpu;   // it runs, and on which CPU is known
};

struct lane {
    struct span *spans; // [0] is from the beginning of the trace
    size_t count, room;
    uint64_t (*sums)[MODEL_DOINGS]; // before spans 0, 32, 64...
    size_t sum_count, sum_room;
    size_t longest; // index of its longest wait, 0: none
};

struct lanes {
    struct lane *lanes; // by task; count of them, 0 is none
    uint32_t count;
    uint32_t *cpus; // numbers of those that a task was on, in their order
    size_t cpu_count;
    uint64_t begin, end; // time of the first and of the last event
    size_t events;       // that were walked through
    uint64_t version;    // no two contents of this process have the same
    bool no_memory;
};

// Moves the model through all of its events; it stands at the end afterwards.
// findings are made on the way, unless NULL. Returns false when memory is
// short, with nothing left to free.
bool lanes_build(struct lanes *lanes, struct model *model,
                 struct findings *findings);

// To call after model_refresh, with its changed. False: memory is short.
bool lanes_refresh(struct lanes *lanes, struct model *model, size_t changed,
                   struct findings *findings);
void lanes_free(struct lanes *lanes);

// For who walks through the model himself (survey.h): before the first event
// (of lanes that begin as {0}), behind each event, behind the last one. False:
// memory is short.
bool lanes_begin(struct lanes *lanes, const struct model *model);
bool lanes_see(struct lanes *lanes, const struct model *model);
bool lanes_stop(struct lanes *lanes, const struct model *model);

// The index of the span in which time lies; the first one for what is earlier.
size_t lanes_find(const struct lane *lane, uint64_t time);

// When span number i of the lane ends.
uint64_t lanes_end(const struct lanes *lanes, const struct lane *lane,
                   size_t i);

// The place of that CPU in lanes->cpus; where it is not there, where it should
// be.
size_t lanes_cpu(const struct lanes *lanes, uint32_t cpu);

// How much of the time from the beginning of the trace up to time the task
// spent in each way of doing: the difference of two is what lies between.
void lanes_sums(const struct lanes *lanes, const struct lane *lane,
                uint64_t time, uint64_t sums[MODEL_DOINGS]);

// How much of [from, to) the task spent in each way of doing.
void lanes_shares(const struct lanes *lanes, const struct lane *lane,
                  uint64_t from, uint64_t to, uint64_t shares[MODEL_DOINGS]);

// For who walks by himself and keeps no lanes (walk.h): what task is in where
// the model stands, as if its last event had begun it; and whether b only goes
// on with a.
struct span span_now(const struct model *model, uint32_t task);
bool span_is_same(const struct span *a, const struct span *b);

#endif
