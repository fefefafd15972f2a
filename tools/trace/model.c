// model.c - events move tasks and objects; snapshots bring them back
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/model.h"
#include "tools/trace/state.h"

enum { SNAPSHOT_EVENTS = 4096 }; // at least so many between two

struct model_snapshot {
    size_t position, object_count;
    uint64_t time, anomalies;
    uint32_t source, task_count;
    // then the tasks, then the objects
};

// ---- Objects ----------------------------------------------------------------

static uint32_t pid_of(const struct model *model, uint32_t task,
                       enum trace_meaning meaning, uint64_t id)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);

    switch (meaning) {
    case TRACE_PIPE:
    case TRACE_NAME:
    case TRACE_STREAM:
    case TRACE_TID:
        return 0;
    default:
        return id & TRACE_SHARED || !entry ? 0 : entry->pid;
    }
}

static size_t bucket_of(const struct model *model, uint64_t id, uint32_t pid,
                        uint32_t meaning)
{
    const uint64_t key[] = {id, (uint64_t)pid << 32 | meaning};

    return trace_check(key, sizeof key, 0) & (model->index_size - 1);
}

// The place in the index where that object is, or should be.
static uint32_t *find(const struct model *model, uint64_t id, uint32_t pid,
                      uint32_t meaning)
{
    size_t at = bucket_of(model, id, pid, meaning);

    for (;; at = (at + 1) & (model->index_size - 1)) {
        const struct model_object *o;

        if (model->index[at] == 0)
            return &model->index[at];
        o = &model->objects[model->index[at] - 1];
        if (o->id == id && o->pid == pid && o->meaning == meaning)
            return &model->index[at];
    }
}

static bool grow_index(struct model *model)
{
    size_t size = model->index_size ? model->index_size * 2 : 64;
    uint32_t *index = calloc(size, sizeof *index);

    if (!index)
        return false;
    free(model->index);
    model->index = index;
    model->index_size = size;
    for (size_t i = 0; i < model->object_count; i++) {
        const struct model_object *o = &model->objects[i];

        *find(model, o->id, o->pid, o->meaning) = (uint32_t)i + 1;
    }
    return true;
}

static bool object_room(struct model *model)
{
    size_t room = model->object_room * 2 + 32;
    struct model_object *objects;

    if (model->object_count * 2 >= model->index_size && !grow_index(model))
        return false;
    if (model->object_count < model->object_room)
        return true;
    objects = realloc(model->objects, room * sizeof *objects);
    if (!objects)
        return false;
    model->objects = objects;
    model->object_room = room;
    return true;
}

static struct model_object *add(struct model *model, uint64_t id, uint32_t pid,
                                uint32_t meaning)
{
    struct model_object *o;
    uint32_t ordinal = 1;

    for (size_t i = model->object_count; i-- > 0 && ordinal == 1;)
        if (model->objects[i].meaning == meaning)
            ordinal = model->objects[i].ordinal + 1;
    o = &model->objects[model->object_count++];
    memset(o, 0, sizeof *o);
    o->id = id;
    o->pid = pid;
    o->meaning = meaning;
    o->ordinal = ordinal;
    *find(model, id, pid, meaning) = (uint32_t)model->object_count;
    return o;
}

// Where memory is short, events go into an object that nobody sees.
static struct model_object *object(struct model *model, uint32_t task,
                                   enum trace_meaning meaning, uint64_t id)
{
    static struct model_object nowhere;
    uint32_t pid = pid_of(model, task, meaning, id), at;

    if (!object_room(model)) {
        model->no_memory = true;
        return &nowhere;
    }
    at = *find(model, id, pid, meaning);
    return at ? &model->objects[at - 1] : add(model, id, pid, meaning);
}

const struct model_object *model_object(const struct model *model,
                                        uint32_t task,
                                        enum trace_meaning meaning, uint64_t id)
{
    uint32_t at = *find(model, id, pid_of(model, task, meaning, id), meaning);

    return at ? &model->objects[at - 1] : NULL;
}

// ---- What an event does to objects ------------------------------------------

struct event {
    struct model *model;
    const struct trace_record *record;
    uint32_t task;
};

static struct model_object *subject(const struct event *e)
{
    int kind = TRACE_KIND(e->record->last);

    return object(e->model, e->task, trace_kind_of((uint16_t)kind)->object,
                  e->record->object);
}

static bool own(const struct event *e, uint64_t id)
{
    struct model_object *lock = object(e->model, e->task, TRACE_LOCK, id);
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
    struct model_object *lock = object(e->model, e->task, TRACE_LOCK, id);

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
    pipe->value = (int64_t)(e->record->value >> 32);
    return true;
}

static bool change(const struct event *e, int by)
{
    struct model_object *o = subject(e);

    if (by < 0)
        o->out++;
    else
        o->in++;
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
    struct model_object *heap = object(e->model, e->task, TRACE_MEMORY, 0);
    uint64_t before = (uint64_t)heap->value;

    heap->in += !is_free;
    heap->out += is_free;
    heap->value = (int64_t)(is_free ? before - e->record->value
                                    : before + e->record->value);
    return true;
}

static bool give_name(const struct event *e, uint32_t name)
{
    subject(e)->name = name;
    return true;
}

static bool rename_task(const struct event *e)
{
    object(e->model, e->task, TRACE_TID, e->task)->name =
        (uint32_t)e->record->object;
    return true;
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

static bool apply_to_objects(const struct event *e)
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
    case TRACE_COND_WAIT:
        return disown(e, r->value);
    case TRACE_COND_WAKE:
    case TRACE_COND_TIMEOUT:
        return r->value == 0 || own(e, r->value);
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
    case TRACE_CO_END:
        return close_end(e, 4);
    case TRACE_OUTPUT:
        return output(e);
    case TRACE_ALLOC:
        return allocate(e, false);
    case TRACE_FREE:
        return allocate(e, true);
    case TRACE_OBJECT_NAME:
    case TRACE_CO_CREATE:
        return give_name(e, (uint32_t)r->value);
    case TRACE_TASK_NAME:
        return rename_task(e);
    case TRACE_CO_RUN:
        return run_coroutine(e);
    case TRACE_SCHEDULING:
        e->model->source = (uint32_t)r->object;
        return true;
    default:
        return true;
    }
}

// ---- One event --------------------------------------------------------------

static void adopt_locks(struct model *model, uint32_t task,
                        const struct trace_state *checkpoint, uint64_t time)
{
    for (uint32_t i = 0; i < checkpoint->held_count && i < TRACE_HELD; i++) {
        struct model_object *lock =
            object(model, task, TRACE_LOCK, checkpoint->held[i]);

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

static void apply(struct model *model)
{
    size_t number = model->position++;
    struct event e = {model, reader_event(model->reader, number),
                      reader_task(model->reader, number)};
    bool is_sound;

    model->time = e.record->time;
    if (reader_is_gap(model->reader, number))
        adopt(model, e.task, reader_chunk_of(model->reader, number),
              model->time);
    is_sound = state_apply(&model->tasks[e.task], e.record);
    is_sound &= apply_to_objects(&e);
    model->anomalies += !is_sound;
}

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
        apply(model);
        if (model->position < next)
            continue;
        take_snapshot(model);
        next = model->position + spacing(model);
    }
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

bool model_open(struct model *model, const struct reader *reader)
{
    *model = (struct model){.reader = reader};
    if (make_tasks(model) && grow_index(model)) {
        restart(model);
        model_seek(model, reader->count);
        if (!model->no_memory)
            return true;
    }
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
    free(model->index);
    *model = (struct model){0};
}

bool model_refresh(struct model *model, size_t changed)
{
    while (model->snapshot_count > 0 && last_snapshot(model) > changed)
        free(model->snapshots[--model->snapshot_count]);
    if (model->reader->task_limit > model->task_count && !make_tasks(model))
        return false;
    if (model->position > changed)
        model_seek(model, changed);
    model_seek(model, model->reader->count);
    return !model->no_memory;
}

// ---- Asking -----------------------------------------------------------------

static bool has_holes(const struct model *model)
{
    return model->reader->header.overwritten > 0 ||
           model->reader->unfinished > 0 || reader_lost(model->reader) > 0;
}

enum model_doing model_doing(const struct model *model, uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    const struct trace_entry *entry = reader_entry(model->reader, task);

    if (state->life == TRACE_EXITED)
        return MODEL_EXITED;
    if (state->life == TRACE_UNKNOWN)
        return entry && entry->begin < model->time && has_holes(model)
                   ? MODEL_UNKNOWN
                   : MODEL_NOT_BORN;
    if (state->waits == TRACE_SLEEP_BEGIN)
        return MODEL_SLEEPING;
    if (state->waits || state->cpu == TRACE_CPU_OFF)
        return MODEL_BLOCKED;
    return state->cpu == TRACE_CPU_READY ? MODEL_READY : MODEL_RUNNING;
}

uint64_t model_since(const struct model *model, uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];

    if (state->waits || state->life != TRACE_ALIVE)
        return state->since;
    return state->run_since > state->since ? state->run_since : state->since;
}

const char *model_task_name(const struct model *model, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);
    const struct model_object *given =
        model_object(model, task, TRACE_TID, task);

    if (given && given->name)
        return reader_name(model->reader, given->name);
    return entry ? reader_name(model->reader, entry->name) : "";
}

uint32_t model_task_of(const struct model *model, uint64_t tid)
{
    for (uint32_t i = model->task_count; i-- > 1;) {
        const struct trace_entry *entry = reader_entry(model->reader, i);

        if (entry && entry->tid == tid && entry->begin <= model->time)
            return i;
    }
    return 0;
}

enum trace_meaning model_awaited(const struct model *model, uint32_t task)
{
    uint32_t kind = model->tasks[task].waits;

    return kind ? trace_kind_of((uint16_t)kind)->object : TRACE_NOTHING;
}

static const char *word_for(uint32_t meaning)
{
    switch (meaning) {
    case TRACE_LOCK:
        return M("lock", "cerrojo");
    case TRACE_CONDITION:
        return M("condition", "condición");
    case TRACE_SEMAPHORE:
        return M("semaphore", "semáforo");
    case TRACE_BARRIER:
        return M("barrier", "barrera");
    case TRACE_PIPE:
        return M("pipe", "tubería");
    case TRACE_QUEUE:
        return M("queue", "cola");
    case TRACE_COROUTINE:
        return M("coroutine", "corrutina");
    case TRACE_STREAM:
        return M("stream", "flujo");
    case TRACE_DESCRIPTOR:
        return M("descriptor", "descriptor");
    default:
        return M("object", "objeto");
    }
}

// On one line, whatever a stranger put into the name.
static char *put_name(char *text, size_t size, const char *name)
{
    snprintf(text, size, "%s", name);
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 127)
            *c = '?';
    return text;
}

const char *model_given_name(const struct model *model,
                             const struct model_object *o)
{
    uint32_t at = *find(model, o->id, o->pid, TRACE_ANY);
    uint32_t name = o->name ? o->name : at ? model->objects[at - 1].name : 0;

    if (o->meaning == TRACE_NAME)
        name = (uint32_t)o->id;
    return reader_name(model->reader, name);
}

char *model_label(const struct model *model, const struct model_object *o,
                  char *text, size_t size)
{
    const char *name = model_given_name(model, o);

    if (*name)
        return put_name(text, size, name);
    snprintf(text, size, "%s %u", word_for(o->meaning), o->ordinal);
    return text;
}

static bool is_only_one(const struct model *model, uint32_t task,
                        const char *name)
{
    for (uint32_t i = 1; i < model->task_count; i++)
        if (i != task && reader_entry(model->reader, i) &&
            strcmp(model_task_name(model, i), name) == 0)
            return false;
    return true;
}

char *model_task_label(const struct model *model, uint32_t task, char *text,
                       size_t size)
{
    const char *name = model_task_name(model, task);
    size_t used;

    if (!*name) {
        snprintf(text, size, M("task %u", "tarea %u"), task);
        return text;
    }
    put_name(text, size, name);
    used = strlen(text);
    if (!is_only_one(model, task, name))
        snprintf(text + used, size - used, "#%u", task);
    return text;
}

uint32_t model_holder(const struct model *model,
                      const struct model_object *lock)
{
    if (lock->owner || lock->sharers == 0)
        return lock->owner;
    for (uint32_t i = 1; i < model->task_count; i++)
        if (state_holds(&model->tasks[i], lock->id) >= 0 &&
            pid_of(model, i, TRACE_LOCK, lock->id) == lock->pid)
            return i;
    return 0;
}

uint32_t model_blocker(const struct model *model, uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    const struct model_object *lock;

    switch (model_awaited(model, task)) {
    case TRACE_LOCK:
        lock = model_object(model, task, TRACE_LOCK, state->object);
        return lock ? model_holder(model, lock) : 0;
    case TRACE_TID:
        return state->object ? model_task_of(model, state->object) : 0;
    default:
        return 0;
    }
}

static int place_in(const struct model_blame *blame, uint32_t task)
{
    for (int i = 0; i < blame->count; i++)
        if (blame->tasks[i] == task)
            return i;
    return -1;
}

void model_blame(const struct model *model, uint32_t task,
                 struct model_blame *blame)
{
    *blame = (struct model_blame){0};
    for (; task; task = model_blocker(model, task)) {
        int seen = place_in(blame, task);

        if (seen >= 0) {
            blame->is_deadlock = true;
            blame->cycle = seen;
            return;
        }
        if (blame->count == sizeof blame->tasks / sizeof *blame->tasks) {
            blame->is_longer = true;
            return;
        }
        blame->tasks[blame->count++] = task;
    }
}
