// export_chrome_parts.h - what the files export_chrome*.c have from each other
//
// Interface: struct chrome, chrome_head, chrome_name, chrome_track,
// chrome_lanes_*, chrome_flows_*.
// Threads: one. Ownership: struct chrome owns all that it points to.
#ifndef TELAR_EXPORT_CHROME_PARTS_H
#define TELAR_EXPORT_CHROME_PARTS_H

#include "tools/trace/export.h"
#include "tools/trace/walk.h"

// Numbers that no process and no thread has (PID_MAX_LIMIT of Linux), for lanes
// that are no threads and for threads that share a number.
enum { CHROME_LANES = 1 << 22, CHROME_CALLS = 64 };

struct chrome_source { // where a flow may begin
    uint64_t time, key;
    uint32_t task;     // 0: nowhere
    uint32_t closings; // of its lane until then
};

struct chrome_task {
    uint32_t pid, tid;            // in the file
    uint64_t asked;               // when it began its last wait
    uint64_t closed;              // when its lane was last left without a span
    struct chrome_source created; // by its parent
    uint32_t closings;            // so often
    uint32_t carries;             // coroutine: object + 1, 0: none
    uint32_t depth, beyond;       // of its calls; those that find no room
    uint32_t calls[CHROME_CALLS]; // their names
    bool has_calls;               // a lane for them
    bool is_open;                 // its lane has a span
};

struct chrome_object {
    struct chrome_source last;   // released, signalled, raised, arrived
    struct chrome_source *queue; // written or put, and not yet read or taken
    uint32_t begin, count, room; // of queue, a ring
    uint32_t runner;             // task that carries it
    int64_t value;               // said last
    bool has_value, has_lane;
};

struct chrome_thread { // to look up by number
    uint32_t tid, task;
};

struct chrome {
    FILE *out;
    const struct model *model;
    struct chrome_task *tasks;     // by number
    struct chrome_object *objects; // by number, one more than there are
    struct chrome_thread *threads; // by tid, then by number
    uint32_t thread_count;
    uint32_t source; // enum trace_source of the whole trace
    uint64_t flows;
    uint64_t until;
    bool has_one; // event
    bool no_memory;
};

// Begins an event: {"ph":..., "ts":..., "pid":..., "tid":... without its end.
void chrome_head(struct chrome *chrome, char phase, uint64_t time, uint32_t pid,
                 uint32_t tid);

// ,"cat":...,"name":...
void chrome_name(struct chrome *chrome, const char *category, const char *name);

// The name of a lane, and where it stands among those of its process.
void chrome_track(struct chrome *chrome, uint32_t pid, uint32_t tid,
                  const char *name, uint32_t order);

// Calls, coroutines, counters and what happens in a moment, after an event.
void chrome_lanes_start(struct chrome *chrome, const struct walk *walk);
void chrome_lanes_event(struct chrome *chrome, struct walk *walk,
                        size_t number);
void chrome_lanes_end(struct chrome *chrome);

// Arrows, after an event.
void chrome_flows_event(struct chrome *chrome, struct walk *walk,
                        size_t number);

#endif
