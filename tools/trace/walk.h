// walk.h - once through a stretch of a trace, telling what each task is in
//
// For exporters and sums that need no way back: it keeps one span a task and
// the labels of the tasks, however many events there are. What a span is says
// lanes.h.
//
// Interface: struct walk, struct walk_visitor, walk_through, walk_label,
// walk_awaited, walk_word, walk_is_shown.
// Threads: one at a time a model. Ownership: a walk owns what it keeps while it
// goes; what visitors are given holds during the call.
#ifndef TELAR_WALK_H
#define TELAR_WALK_H

#include "tools/trace/lanes.h"

struct walk_state { // what a task is in
    struct span span;
    uint64_t awaited; // what it waits for, as in the event span.kind
};

struct walk {
    struct model *model;
    uint64_t from, until;      // time; the events at both are in it
    struct walk_state *states; // by task
    struct walk_name {
        char *text;
        uint32_t age;
    } * names;         // by task, as walk_label found them
    uint32_t age;      // of the names: tasks were renamed so often
    size_t first, end; // numbers of the events in it: first to end - 1
    bool is_over;      // what ends now only ends because the walk does
};

// Any of them may be NULL. At an event the span of its task that ends comes
// first, then the one that begins, then the event; spans that last to until end
// last. What ends because the events behind were lost is told later, with the
// time at which it ended. Nobody is told of spans that are not shown.
struct walk_visitor {
    void (*start)(void *context, struct walk *walk); // all is as before first
    void (*begin)(void *context, struct walk *walk, uint32_t task);
    void (*end)(void *context, struct walk *walk, uint32_t task, uint64_t end);
    void (*event)(void *context, struct walk *walk, size_t number);
    bool (*stop)(void *context); // no need to go on
};

// Goes through all from time from to time until; the model stays where it came
// to. Returns false when memory is short.
bool walk_through(struct model *model, uint64_t from, uint64_t until,
                  const struct walk_visitor *visitor, void *context);

// model_task_label, remembered.
const char *walk_label(struct walk *walk, uint32_t task);

// What the span of task waits for, in words ("m1"); "" for nothing. Returns
// text.
char *walk_awaited(const struct walk *walk, uint32_t task, char *text,
                   size_t size);

// "running", "ready", "blocked", "sleeping"; NULL for what is no part of a
// life, and where nobody knows.
const char *walk_word(enum model_doing doing);

static inline bool walk_is_shown(const struct span *span)
{
    return span->doing >= MODEL_READY && span->doing <= MODEL_SLEEPING;
}

#endif
