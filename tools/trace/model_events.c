// model_events.c - what an event does to tasks and objects
#include <string.h>

#include "tools/trace/model_parts.h"
#include "tools/trace/state.h"

// ---- What an event does to objects ------------------------------------------

struct event {
    struct model *model;
    const struct trace_record *record;
    uint32_t task;
};

static struct model_object *subject(const struct event *e)
{
    int kind = TRACE_KIND(e->record->last);

    return model_need_object(e->model, e->task,
                             trace_kind_of((uint16_t)kind)->object,
                             e->record->object);
}

static bool own(const struct event *e, uint64_t id)
{
    struct model_object *lock =
        model_need_object(e->model, e->task, TRACE_LOCK, id);
    bool was_free = lock->owner == 0 || lock->owner == e->task;

    if (lock->owner != e->task) {
        lock->depth = 0;
        lock->since = e->record->time;
    }
    lock->owner = e->task;
    lock->depth++;
    return was_free;
}

static bool disown(const struct event *e, uint64_t id)
{
    struct model_object *lock =
        model_need_object(e->model, e->task, TRACE_LOCK, id);

    if (lock->owner != e->task)
        return false;
    if (lock->depth <= 1) {
        lock->owner = 0;
        lock->since = e->record->time;
    }
    lock->depth -= lock->depth > 0;
    return true;
}

// pthread_rwlock_unlock is one call for both: whoever sees only the call says
// LOCK_RELEASE.
static bool release(const struct event *e)
{
    struct model_object *lock = subject(e);

    if (lock->owner == 0 && lock->sharers > 0) {
        lock->sharers--;
        return true;
    }
    return disown(e, e->record->object);
}

static bool share(const struct event *e, int by)
{
    struct model_object *lock = subject(e);

    if (by < 0 && lock->sharers == 0)
        return false;
    lock->sharers += (uint32_t)by;
    return by < 0 || lock->owner == 0;
}

static bool flow(const struct event *e, bool into)
{
    struct model_object *pipe = subject(e);
    uint64_t *total = into ? &pipe->in : &pipe->out;

    *total += (uint32_t)e->record->value;
    *(into ? &pipe->last_in : &pipe->last_out) = e->task;
    pipe->value = (int64_t)(e->record->value >> 32);
    return true;
}

// Something went in, or came out.
static bool count(const struct event *e, bool into)
{
    struct model_object *o = subject(e);

    *(into ? &o->in : &o->out) += 1;
    *(into ? &o->last_in : &o->last_out) = e->task;
    return true;
}

static bool change(const struct event *e, int by)
{
    struct model_object *o;

    count(e, by > 0); // may move the objects
    o = subject(e);
    if (by < 0 && o->value <= 0)
        return false;
    o->value += by;
    return true;
}

static bool set_capacity(const struct event *e)
{
    subject(e)->capacity = e->record->value;
    return true;
}

static bool set_value(const struct event *e)
{
    subject(e)->value = (int64_t)e->record->value;
    return true;
}

static bool output(const struct event *e)
{
    struct model_object *stream = subject(e);

    stream->in += e->record->value;
    stream->value++;
    return true;
}

// The blocks of a process, all in one object.
static bool allocate(const struct event *e, bool is_free)
{
    struct model_object *heap =
        model_need_object(e->model, e->task, TRACE_MEMORY, 0);
    uint64_t before = (uint64_t)heap->value;

    heap->in += !is_free;
    heap->out += is_free;
    heap->value = (int64_t)(is_free ? before - e->record->value
                                    : before + e->record->value);
    return true;
}

static bool give_name(const struct event *e, uint32_t name)
{
    struct model_object *o = subject(e);
    struct model *model = e->model;

    o->name = name;
    if (!model->no_memory && model->first_names[o - model->objects] == 0)
        model->first_names[o - model->objects] = name;
    return true;
}

static bool rename_task(const struct event *e, bool is_path)
{
    struct model_object *o =
        model_need_object(e->model, e->task, TRACE_TID, e->task);

    o->name = (uint32_t)e->record->object;
    o->value = is_path;
    return true;
}

// Who says a word in the new program names it anew; a static one never does.
static bool execute(const struct event *e)
{
    const char *path =
        reader_name(e->model->reader, (uint32_t)e->record->object);

    return !strchr(path, '/') || rename_task(e, true);
}

static bool close_end(const struct event *e, uint32_t which)
{
    subject(e)->closed |= which;
    return true;
}

static bool run_coroutine(const struct event *e)
{
    if (e->record->object == 0)
        return true;
    subject(e)->owner = e->task;
    subject(e)->in++;
    return true;
}

// What is waited for is an object from then on.
static bool await(const struct event *e)
{
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(e->record->last));

    if (kind->effect == TRACE_WAITS && kind->object >= TRACE_LOCK &&
        kind->object <= TRACE_QUEUE)
        subject(e);
    return true;
}

// Locks, and what is waited for beside them.
static bool apply_to_waits(const struct event *e)
{
    const struct trace_record *r = e->record;

    switch (TRACE_KIND(r->last)) {
    case TRACE_LOCK_ACQUIRE:
        return own(e, r->object);
    case TRACE_LOCK_RELEASE:
        return release(e);
    case TRACE_SHARE_ACQUIRE:
        return share(e, 1);
    case TRACE_SHARE_RELEASE:
        return share(e, -1);
    case TRACE_COND_SIGNAL:
    case TRACE_COND_BROADCAST:
    case TRACE_BARRIER_WAIT:
        return count(e, true);
    case TRACE_COND_WAIT:
        count(e, false);
        return disown(e, r->value);
    case TRACE_COND_WAKE:
    case TRACE_COND_TIMEOUT:
        return r->value == 0 || own(e, r->value);
    default:
        return await(e);
    }
}

// What things go through, or lie in.
static bool apply_to_stores(const struct event *e)
{
    const struct trace_record *r = e->record;

    switch (TRACE_KIND(r->last)) {
    case TRACE_SEM_INIT:
    case TRACE_COUNTER:
        return set_value(e);
    case TRACE_SEM_POST:
    case TRACE_PUT:
        return change(e, 1);
    case TRACE_SEM_ACQUIRE:
    case TRACE_GET:
        return change(e, -1);
    case TRACE_PIPE_CREATE:
    case TRACE_QUEUE_CREATE:
        return set_capacity(e);
    case TRACE_PIPE_WRITE:
        return flow(e, true);
    case TRACE_PIPE_READ:
        return flow(e, false);
    case TRACE_PIPE_CLOSE:
        return close_end(e, r->value ? 2 : 1);
    case TRACE_QUEUE_CLOSE:
        return close_end(e, 2);
    case TRACE_OUTPUT:
        return output(e);
    case TRACE_ALLOC:
        return allocate(e, false);
    case TRACE_FREE:
        return allocate(e, true);
    default:
        return apply_to_waits(e);
    }
}

static bool apply_to_objects(const struct event *e)
{
    const struct trace_record *r = e->record;

    switch (TRACE_KIND(r->last)) {
    case TRACE_OBJECT_NAME:
    case TRACE_CO_CREATE:
        return give_name(e, (uint32_t)r->value);
    case TRACE_TASK_NAME:
        return rename_task(e, false);
    case TRACE_EXEC:
        return execute(e);
    case TRACE_CO_RUN:
        return run_coroutine(e);
    case TRACE_CO_END:
        return close_end(e, 4);
    case TRACE_SCHEDULING:
        e->model->source = (uint32_t)r->object;
        return true;
    default:
        return apply_to_stores(e);
    }
}

// ---- One event --------------------------------------------------------------

static void adopt_locks(struct model *model, uint32_t task,
                        const struct trace_state *checkpoint, uint64_t time)
{
    for (uint32_t i = 0; i < checkpoint->held_count && i < TRACE_HELD; i++) {
        struct model_object *lock =
            model_need_object(model, task, TRACE_LOCK, checkpoint->held[i]);

        if (lock->owner == 0) {
            lock->owner = task;
            lock->depth = 1;
            lock->since = time;
        }
    }
}

// What came before is not there: what the stream knew then stands in for it.
// Another stream of the same task may have said more already.
static void adopt(struct model *model, uint32_t task,
                  const struct trace_chunk *chunk, uint64_t time)
{
    struct trace_state *state = &model->tasks[task];
    const struct trace_state *checkpoint = &chunk->checkpoint;

    adopt_locks(model, task, checkpoint, time);
    if (state->life == TRACE_UNKNOWN) {
        *state = *checkpoint;
        return;
    }
    if (checkpoint->cpu != TRACE_CPU_UNKNOWN) {
        state->cpu = checkpoint->cpu;
        state->cpu_number = checkpoint->cpu_number;
        state->run_since = checkpoint->run_since;
    }
    if (checkpoint->waits) {
        state->waits = checkpoint->waits;
        state->object = checkpoint->object;
        state->since = checkpoint->since;
    }
}

void model_apply(struct model *model)
{
    size_t number = model->position++;
    struct event e = {model, reader_event(model->reader, number),
                      reader_task(model->reader, number)};
    struct trace_state *state = &model->tasks[e.task];
    bool is_sound;

    model->time = e.record->time;
    model->actor = e.task;
    model->moved = state_is_moved_by(state, e.record);
    if (reader_is_gap(model->reader, number)) {
        model->moved = true;
        adopt(model, e.task, reader_chunk_of(model->reader, number),
              model->time);
    }
    is_sound = state_apply(state, e.record);
    is_sound &= apply_to_objects(&e);
    model->anomalies += !is_sound;
}
