// export_chrome_flows.c - arrows: from who lets another one go on, to that one
//
// Both ends are written when the second one is known: the file need not be in
// the order of time. So an end binds to what its lane is in behind all events
// of its time, and must not stand where a lane has just closed.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tools/trace/export_chrome_parts.h"
#include "tools/trace/words.h"

enum { QUEUE_MOST = 65536, LOOK_FAR = 64 }; // sources kept, and looked through

// ---- Both ends --------------------------------------------------------------

static void put_end(struct chrome *chrome, const char *category,
                    const char *name, char phase,
                    const struct chrome_source *at)
{
    const struct chrome_task *lane = &chrome->tasks[at->task];

    chrome_head(chrome, phase, at->time, lane->pid, lane->tid);
    chrome_name(chrome, category, name);
    fprintf(chrome->out, ",\"id\":%" PRIu64 "%s}", chrome->flows,
            phase == 'f' ? ",\"bp\":\"e\"" : "");
}

// Whether a span of its lane goes on, or begins, behind all events of its time.
static bool is_in_span(const struct chrome *chrome,
                       const struct chrome_source *at)
{
    const struct chrome_task *lane = &chrome->tasks[at->task];
    uint32_t since = lane->closings - at->closings;

    return since == 0 || (since == 1 && lane->closed > at->time);
}

static void put_flow(struct chrome *chrome, const struct walk *walk,
                     const struct chrome_source *from, uint32_t task,
                     const char *category, const char *name)
{
    const struct chrome_source to = {.time = walk->model->time, .task = task};

    if (!from->task || from->task == task || from->time > to.time ||
        !is_in_span(chrome, from) || !walk_is_shown(&walk->states[task].span))
        return;
    chrome->flows++;
    put_end(chrome, category, name, 's', from);
    put_end(chrome, category, name, 'f', &to);
}

// Nothing where nothing is drawn.
static struct chrome_source source_now(const struct chrome *chrome,
                                       const struct walk *walk, uint32_t task,
                                       uint64_t key)
{
    bool is_shown = walk_is_shown(&walk->states[task].span);

    return (struct chrome_source){walk->model->time, key, is_shown ? task : 0,
                                  chrome->tasks[task].closings};
}

// ---- What is under way: written, not yet read -------------------------------

static struct chrome_source *queued(const struct chrome_object *o, uint32_t i)
{
    return &o->queue[(o->begin + i) % o->room];
}

static bool grow(struct chrome_object *o)
{
    uint32_t room = o->room ? o->room * 2 : 8;
    struct chrome_source *more = malloc(room * sizeof *more);

    if (!more)
        return false;
    for (uint32_t i = 0; i < o->count; i++)
        more[i] = *queued(o, i);
    free(o->queue);
    o->queue = more;
    o->begin = 0;
    o->room = room;
    return true;
}

static void drop_first(struct chrome_object *o)
{
    o->begin = (o->begin + 1) % o->room;
    o->count--;
}

// The oldest ones go when there are too many of them.
static void enqueue(struct chrome *chrome, struct chrome_object *o,
                    struct chrome_source source)
{
    if (o->count == QUEUE_MOST)
        drop_first(o);
    if (o->count == o->room && !grow(o)) {
        chrome->no_memory = true;
        return;
    }
    o->count++;
    *queued(o, o->count - 1) = source;
}

// That of this item: the first one, mostly.
static struct chrome_source take_item(struct chrome_object *o, uint64_t item)
{
    struct chrome_source found = {0};

    for (uint32_t i = 0; i < o->count && i < LOOK_FAR; i++) {
        if (queued(o, i)->key != item)
            continue;
        found = *queued(o, i);
        for (; i > 0; i--)
            *queued(o, i) = *queued(o, i - 1);
        drop_first(o);
        break;
    }
    return found;
}

// The last write of which something was read, when so many bytes came out in
// all; key is how many had been written then. Those read to their end go.
static struct chrome_source take_bytes(struct chrome_object *o, uint64_t out)
{
    struct chrome_source found = {0};

    while (o->count > 0) {
        found = *queued(o, 0);
        if (found.key > out)
            break;
        drop_first(o);
        if (o->count == 0 || found.key == out)
            break;
    }
    return found;
}

// ---- Events -----------------------------------------------------------------

struct moment {
    struct chrome *chrome;
    const struct walk *walk;
    const struct trace_record *record;
    uint32_t task;
    const struct model_object *o; // NULL: none
    struct chrome_object *mine;   // of it
};

static void flow_here(const struct moment *m, const struct chrome_source *from,
                      const char *category)
{
    char label[300];

    model_label(m->walk->model, m->o, label, sizeof label);
    put_flow(m->chrome, m->walk, from, m->task, category, label);
}

// From the last one who gave it, to one who asked before that.
static void given(const struct moment *m, const char *category)
{
    if (m->mine->last.task &&
        m->mine->last.time >= m->chrome->tasks[m->task].asked)
        flow_here(m, &m->mine->last, category);
}

static void gives(const struct moment *m)
{
    m->mine->last = source_now(m->chrome, m->walk, m->task, 0);
}

// Waiting for a condition gives its lock back.
static void gives_lock(const struct moment *m)
{
    const struct model *model = m->walk->model;
    const struct model_object *lock =
        model_object(model, m->task, TRACE_LOCK, m->record->value);

    if (lock)
        m->chrome->objects[lock - model->objects].last =
            source_now(m->chrome, m->walk, m->task, 0);
}

static void wrote(const struct moment *m)
{
    if (m->o->in > m->o->out)
        enqueue(m->chrome, m->mine,
                source_now(m->chrome, m->walk, m->task, m->o->in));
}

static void read_some(const struct moment *m)
{
    struct chrome_source from;

    if ((uint32_t)m->record->value == 0) // end of file
        return;
    from = take_bytes(m->mine, m->o->out);
    flow_here(m, &from, "pipe");
}

static void took(const struct moment *m)
{
    const struct chrome_source from = take_item(m->mine, m->record->value);

    flow_here(m, &from, "queue");
}

// ---- Beginnings -------------------------------------------------------------

static uint32_t task_with(const struct chrome *chrome, uint64_t tid)
{
    uint32_t low = 0, high = chrome->thread_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (chrome->threads[middle].tid < tid)
            low = middle + 1;
        else
            high = middle;
    }
    return low < chrome->thread_count && chrome->threads[low].tid == tid
               ? chrome->threads[low].task
               : 0;
}

static void created(const struct moment *m)
{
    uint32_t child = task_with(m->chrome, m->record->object);

    if (child)
        m->chrome->tasks[child].created =
            source_now(m->chrome, m->walk, m->task, 0);
}

// From where it was created, if that was said before; else from what its parent
// was in then.
static void began(const struct moment *m)
{
    const struct model *model = m->walk->model;
    const struct trace_entry *entry = reader_entry(model->reader, m->task);
    uint32_t parent = entry->parent;
    struct chrome_source from = m->chrome->tasks[m->task].created;
    char label[300];

    if (!reader_entry(model->reader, parent))
        return;
    if (from.task != parent)
        from = source_now(m->chrome, m->walk, parent, 0);
    model_task_label(model, m->task, label, sizeof label);
    put_flow(m->chrome, m->walk, &from, m->task, "create", label);
}

static void of_tasks(const struct moment *m)
{
    switch (TRACE_KIND(m->record->last)) {
    case TRACE_FORK:
    case TRACE_THREAD_CREATE:
        created(m);
        break;
    case TRACE_TASK_BEGIN:
        began(m);
        break;
    default:
        break;
    }
}

static void of_objects(const struct moment *m)
{
    switch (TRACE_KIND(m->record->last)) {
    case TRACE_LOCK_ACQUIRE:
    case TRACE_SHARE_ACQUIRE:
        given(m, "lock");
        break;
    case TRACE_COND_WAKE:
        given(m, "condition");
        break;
    case TRACE_SEM_ACQUIRE:
        given(m, "semaphore");
        break;
    case TRACE_BARRIER_LEAVE:
        given(m, "barrier");
        break;
    case TRACE_LOCK_RELEASE:
    case TRACE_SHARE_RELEASE:
    case TRACE_COND_SIGNAL:
    case TRACE_COND_BROADCAST:
    case TRACE_SEM_POST:
    case TRACE_BARRIER_WAIT:
        gives(m);
        break;
    case TRACE_COND_WAIT:
        gives_lock(m);
        break;
    case TRACE_PIPE_WRITE:
        wrote(m);
        break;
    case TRACE_PIPE_READ:
        read_some(m);
        break;
    case TRACE_PUT:
        enqueue(m->chrome, m->mine,
                source_now(m->chrome, m->walk, m->task, m->record->value));
        break;
    case TRACE_GET:
        took(m);
        break;
    default:
        break;
    }
}

void chrome_flows_event(struct chrome *chrome, struct walk *walk, size_t number)
{
    const struct model *model = walk->model;
    const struct trace_record *r = reader_event(model->reader, number);
    const struct trace_kind *kind = trace_kind_of(TRACE_KIND(r->last));
    struct moment m = {chrome, walk, r, reader_task(model->reader, number),
                       NULL,   NULL};

    if (kind->object != TRACE_TID)
        m.o = model_object(model, m.task, kind->object, r->object);
    if (m.o) {
        m.mine = &chrome->objects[m.o - model->objects];
        of_objects(&m);
    } else {
        of_tasks(&m);
    }
    if (kind->effect == TRACE_WAITS || kind->effect == TRACE_LEAVES)
        chrome->tasks[m.task].asked = r->time;
}
