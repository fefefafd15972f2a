// model.c - goes to and fro in a trace; snapshots shorten the way
#include <stdlib.h>
#include <string.h>

#include "tools/trace/model_parts.h"

enum { SNAPSHOT_EVENTS = 16384 }; // at least so many between two

struct model_snapshot {
    size_t position, object_count;
    uint64_t time, anomalies;
    uint32_t source, task_count;
    // then the tasks, then the objects
};

// ---- Snapshots --------------------------------------------------------------

static size_t snapshot_bytes(const struct model *model)
{
    return sizeof(struct model_snapshot) +
           model->task_count * sizeof *model->tasks +
           model->object_count * sizeof *model->objects;
}

static char *tasks_in(struct model_snapshot *snapshot)
{
    return (char *)(snapshot + 1);
}

static char *objects_in(struct model_snapshot *snapshot)
{
    return tasks_in(snapshot) +
           snapshot->task_count * sizeof(struct trace_state);
}

static bool snapshot_room(struct model *model)
{
    size_t room = model->snapshot_room * 2 + 16;
    struct model_snapshot **all;

    if (model->snapshot_count < model->snapshot_room)
        return true;
    all = realloc(model->snapshots, room * sizeof(*all));
    if (!all)
        return false;
    model->snapshots = all;
    model->snapshot_room = room;
    return true;
}

// Without memory for one more, seeks take longer, that is all.
static void take_snapshot(struct model *model)
{
    struct model_snapshot *s;

    if (!snapshot_room(model) || !(s = malloc(snapshot_bytes(model))))
        return;
    *s = (struct model_snapshot){model->position, model->object_count,
                                 model->time,     model->anomalies,
                                 model->source,   model->task_count};
    memcpy(tasks_in(s), model->tasks, model->task_count * sizeof *model->tasks);
    if (model->object_count)
        memcpy(objects_in(s), model->objects,
               model->object_count * sizeof *model->objects);
    model->snapshots[model->snapshot_count++] = s;
}

// Identities stay: which object is which holds for the whole trace.
static void forget_states(struct model *model, size_t from)
{
    size_t identity = offsetof(struct model_object, name);

    for (size_t i = from; i < model->object_count; i++)
        memset((char *)&model->objects[i] + identity, 0,
               sizeof *model->objects - identity);
}

static void restore(struct model *model, struct model_snapshot *s)
{
    size_t tasks = s->task_count * sizeof *model->tasks;

    model->position = s->position;
    model->time = s->time;
    model->anomalies = s->anomalies;
    model->source = s->source;
    memcpy(model->tasks, tasks_in(s), tasks);
    memset((char *)model->tasks + tasks, 0,
           model->task_count * sizeof *model->tasks - tasks);
    if (s->object_count)
        memcpy(model->objects, objects_in(s),
               s->object_count * sizeof *model->objects);
    forget_states(model, s->object_count);
}

static void restart(struct model *model)
{
    model->position = 0;
    model->time = model->reader->header.start;
    model->anomalies = 0;
    model->source = 0;
    memset(model->tasks, 0, model->task_count * sizeof *model->tasks);
    forget_states(model, 0);
}

// Snapshots take at most half the room of the events between them.
static size_t spacing(const struct model *model)
{
    size_t events = snapshot_bytes(model) / (sizeof(struct trace_record) / 2);

    return events > SNAPSHOT_EVENTS ? events : SNAPSHOT_EVENTS;
}

static size_t last_snapshot(const struct model *model)
{
    size_t n = model->snapshot_count;

    return n ? model->snapshots[n - 1]->position : 0;
}

static void advance(struct model *model, size_t position)
{
    size_t next = last_snapshot(model) + spacing(model);

    while (model->position < position) {
        model_apply(model);
        if (model->position < next)
            continue;
        take_snapshot(model);
        next = model->position + spacing(model);
    }
}

bool model_walk(struct model *model, bool (*see)(void *context), void *context)
{
    size_t next = last_snapshot(model) + spacing(model);

    while (model->position < model->reader->count) {
        model_apply(model);
        if (model->position >= next) {
            take_snapshot(model);
            next = model->position + spacing(model);
        }
        if (!see(context))
            return false;
    }
    return !model->no_memory;
}

// ---- Moving -----------------------------------------------------------------

static struct model_snapshot *latest_until(const struct model *model,
                                           size_t position)
{
    size_t low = 0, high = model->snapshot_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (model->snapshots[middle]->position <= position)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? model->snapshots[low - 1] : NULL;
}

void model_seek(struct model *model, size_t position)
{
    struct model_snapshot *s;

    if (position > model->reader->count)
        position = model->reader->count;
    s = latest_until(model, position);
    if (s && (position < model->position || model->position < s->position))
        restore(model, s);
    else if (position < model->position)
        restart(model);
    advance(model, position);
}

void model_step(struct model *model, long by)
{
    size_t far = by < 0 ? (size_t)-by : (size_t)by;

    if (by >= 0)
        model_seek(model, model->reader->count - model->position < far
                              ? model->reader->count
                              : model->position + far);
    else
        model_seek(model, far > model->position ? 0 : model->position - far);
}

static bool make_tasks(struct model *model)
{
    uint32_t count = model->reader->task_limit;
    struct trace_state *tasks =
        realloc(model->tasks, count * sizeof *model->tasks);

    if (!tasks)
        return false;
    if (count > model->task_count)
        memset(tasks + model->task_count, 0,
               (count - model->task_count) * sizeof *tasks);
    model->tasks = tasks;
    model->task_count = count;
    return true;
}

static void note_last(struct model *model, uint32_t task, size_t number)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);
    const struct trace_chunk *chunk = reader_chunk_of(model->reader, number);

    if (entry && chunk->lost_before < entry->lost)
        model->heard[task] = reader_event(model->reader, number)->time;
    else
        model->heard[task] = UINT64_MAX;
}

bool model_listen(struct model *model)
{
    const struct reader *reader = model->reader;

    free(model->heard);
    model->heard = NULL;
    if (reader_lost(reader) == 0)
        return true;
    model->heard = malloc(model->task_count * sizeof *model->heard);
    if (!model->heard)
        return false;
    memset(model->heard, 0xff, model->task_count * sizeof *model->heard);
    for (size_t i = 0; i < reader->count; i++)
        note_last(model, reader_task(reader, i), i);
    return true;
}

bool model_begin(struct model *model, const struct reader *reader)
{
    *model = (struct model){.reader = reader};
    if (make_tasks(model) && model_grow_index(model) && model_listen(model)) {
        restart(model);
        return true;
    }
    model_close(model);
    return false;
}

bool model_open(struct model *model, const struct reader *reader)
{
    if (!model_begin(model, reader))
        return false;
    model_seek(model, reader->count);
    if (!model->no_memory)
        return true;
    model_close(model);
    return false;
}

void model_close(struct model *model)
{
    for (size_t i = 0; i < model->snapshot_count; i++)
        free(model->snapshots[i]);
    free(model->snapshots);
    free(model->tasks);
    free(model->objects);
    free(model->first_names);
    free(model->heard);
    free(model->index);
    *model = (struct model){0};
}

bool model_refresh(struct model *model, size_t changed)
{
    while (model->snapshot_count > 0 && last_snapshot(model) > changed)
        free(model->snapshots[--model->snapshot_count]);
    if (model->reader->task_limit > model->task_count && !make_tasks(model))
        return false;
    if (!model_listen(model))
        return false;
    if (model->position > changed)
        model_seek(model, changed);
    model_seek(model, model->reader->count);
    return !model->no_memory;
}
