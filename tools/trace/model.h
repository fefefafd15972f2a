// model.h - what everybody is doing at an event of a trace
//
// The one place where a trace is understood: views, exporters and diagnosis ask
// here. It stands at a position: so many events have happened. It goes forward
// event by event (state.h moves the tasks, model.c what lies between them) and
// back by way of snapshots of its own, so that any seek is short.
//
// Interface: model_open, model_begin, model_walk, model_close, model_refresh,
// model_seek, model_step,
// model_doing, model_since, model_task_name, model_task_label,
// model_task_brief, model_task_of, model_awaited, model_object, model_exists,
// model_given_name, model_label, model_holder,
// model_blocker, model_blame.
// Threads: one thread at a time a model. Ownership: the reader is the caller's
// and must outlive the model; all that is returned belongs to the model.
#ifndef TELAR_MODEL_H
#define TELAR_MODEL_H

#include "tools/trace/reader.h"

// What a task does, as a person would say it.
enum model_doing {
    MODEL_UNKNOWN, // what it did before is not in the trace
    MODEL_NOT_BORN,
    MODEL_READY, // could run, but has no CPU
    MODEL_RUNNING,
    MODEL_BLOCKED,
    MODEL_SLEEPING,
    MODEL_EXITED
};

// A lock, pipe, queue, counter... The first four are its identity and hold for
// the whole trace, the rest for the present position.
struct model_object {
    uint64_t id;      // as in events
    uint32_t pid;     // whose address id is; 0: of all
    uint32_t meaning; // enum trace_meaning
    uint32_t ordinal; // the how manieth of its meaning, from 1

    uint32_t name;    // given to it; 0: none
    uint32_t owner;   // task that has it (lock) or runs it (coroutine), 0: none
    uint32_t depth;   // how often the owner took it
    uint32_t sharers; // tasks that have it to read
    uint32_t closed;  // 1 reading end, 2 writing end or queue, 4 ended
    uint64_t since;   // it has that owner
    int64_t value;    // bytes or items in it, count, counter; of a task: its
                      // name is the path of what it executes
    uint64_t capacity; // 0: not known
    uint64_t in, out;  // bytes, items or blocks that went in and out; signals
                       // to a condition and waits for it; arrivals at a barrier
    uint32_t last_in, last_out; // tasks that did so last, 0: none
};

struct model {
    const struct reader *reader;
    size_t position;    // events that have happened
    uint64_t time;      // of the last one of them
    uint64_t anomalies; // events that could not follow on what was before
    uint32_t actor;     // task of the last event; which may have changed what
    bool moved;         // it does
    uint32_t source;    // enum trace_source, 0: nobody said
    struct trace_state *tasks; // by number; task_count of them, 0 is none
    uint32_t task_count;
    struct model_object *objects; // in the order of their first events
    size_t object_count, object_room;
    uint32_t *first_names; // by object: the first one it is ever given
    uint32_t *births;      // by object: so many events until the first about it
    uint64_t *heard; // by task: last event before others of it were lost, else
                     // UINT64_MAX; NULL: nothing was lost
    uint32_t *index; // hash of identity to object + 1
    size_t index_size;
    struct model_snapshot **snapshots; // by position
    size_t snapshot_count, snapshot_room;
    bool no_memory;
};

// Goes through the whole trace once; the model then stands at its end. Returns
// false when memory is short, with nothing left to close.
bool model_open(struct model *model, const struct reader *reader);

// The same in two steps, for who wants to look on: nothing has happened yet;
// and on to the end, with a word behind each event. It stops where see returns
// false. Returns false then, and when memory is short.
bool model_begin(struct model *model, const struct reader *reader);
bool model_walk(struct model *model, bool (*see)(void *context), void *context);
void model_close(struct model *model);

// To call after reader_refresh, with its changed. The model stands at the end
// of what there is now. Returns false when memory is short.
bool model_refresh(struct model *model, size_t changed);

// Goes to where position events have happened (at most all of them).
void model_seek(struct model *model, size_t position);

// by events forward, or back where by is negative; as far as there are any.
void model_step(struct model *model, long by);

// What task is doing, and since when.
enum model_doing model_doing(const struct model *model, uint32_t task);
uint64_t model_since(const struct model *model, uint32_t task);

// Its name; and the same on one line, with its number where several have that
// name ("worker#3"), in text. Returns text.
const char *model_task_name(const struct model *model, uint32_t task);
char *model_task_label(const struct model *model, uint32_t task, char *text,
                       size_t size);

// The same for a place of so many columns: where that is too little the name is
// cut, never the number, which stands also where another name begins alike.
char *model_task_brief(const struct model *model, uint32_t task, int columns,
                       char *text, size_t size);

// The latest task with that tid that has begun, or 0.
uint32_t model_task_of(const struct model *model, uint64_t tid);

// What sort of thing task waits for; TRACE_NOTHING when for none that has an
// identity. tasks[task].object says which one, tasks[task].waits why.
enum trace_meaning model_awaited(const struct model *model, uint32_t task);

// The object that task knows as id, or NULL when no event was about it.
const struct model_object *model_object(const struct model *model,
                                        uint32_t task,
                                        enum trace_meaning meaning,
                                        uint64_t id);

// Whether it is there yet: a lock, condition or barrier may have been all
// along, anything else is from its first event on.
static inline bool model_exists(const struct model *model,
                                const struct model_object *object)
{
    return object->meaning == TRACE_LOCK ||
           object->meaning == TRACE_CONDITION ||
           object->meaning == TRACE_BARRIER ||
           model->births[object - model->objects] <= model->position;
}

// The name it was given, or before that the first one it will be given, as it
// stands in the trace; or "".
const char *model_given_name(const struct model *model,
                             const struct model_object *object);

// Its name on one line, in text: the one it was given, or "lock 2". Returns
// text.
char *model_label(const struct model *model, const struct model_object *object,
                  char *text, size_t size);

// A task that has lock, as its owner or to read; 0: nobody.
uint32_t model_holder(const struct model *model,
                      const struct model_object *lock);

// The task without which task cannot go on; 0: none, or none that is known.
uint32_t model_blocker(const struct model *model, uint32_t task);

struct model_blame {
    uint32_t
        tasks[16]; // the one asked about, who blocks it, who blocks that...
    int count;
    bool is_deadlock; // the last one is blocked by tasks[cycle]
    bool is_longer;   // than there is room here
    int cycle;
};

// Follows who blocks whom, from task to the root.
void model_blame(const struct model *model, uint32_t task,
                 struct model_blame *blame);

#endif
