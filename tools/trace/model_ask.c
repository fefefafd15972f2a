// model_ask.c - what everybody does, and who blocks whom
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/model_parts.h"
#include "tools/trace/state.h"
#include "tools/trace/words.h"

// ---- Asking -----------------------------------------------------------------

bool model_has_holes(const struct model *model)
{
    return model->reader->header.overwritten > 0 ||
           model->reader->unfinished > 0 || reader_lost(model->reader) > 0;
}

// Who has asked for something is not blocked as long as the kernel keeps it on
// a CPU, nor when it has been woken and has not come back yet.
static bool is_on_the_move(const struct model *model,
                           const struct trace_state *state)
{
    return (model->source == TRACE_SOURCE_PERF ||
            model->source == TRACE_SOURCE_FALLBACK) &&
           (state->cpu == TRACE_CPU_ON || state->cpu == TRACE_CPU_READY);
}

enum model_doing model_doing(const struct model *model, uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    const struct trace_entry *entry = reader_entry(model->reader, task);

    if (state->life == TRACE_EXITED && state->cpu != TRACE_CPU_ON)
        return MODEL_EXITED;
    if (model->heard && model->time > model->heard[task])
        return MODEL_UNKNOWN;
    if (state->life == TRACE_EXITED) // it is being taken away
        return MODEL_RUNNING;
    if (state->life == TRACE_UNKNOWN)
        return entry && entry->begin < model->time && model_has_holes(model)
                   ? MODEL_UNKNOWN
                   : MODEL_NOT_BORN;
    if (is_on_the_move(model, state))
        return state->cpu == TRACE_CPU_ON ? MODEL_RUNNING : MODEL_READY;
    if (state->waits == TRACE_SLEEP_BEGIN)
        return MODEL_SLEEPING;
    if (state->waits || state->cpu == TRACE_CPU_OFF)
        return MODEL_BLOCKED;
    return state->cpu == TRACE_CPU_READY ? MODEL_READY : MODEL_RUNNING;
}

uint64_t model_since(const struct model *model, uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];

    enum model_doing doing = model_doing(model, task);

    // Who was woken may still have asked for something.
    if (state->cpu != TRACE_CPU_UNKNOWN && state->run_since &&
        (doing == MODEL_RUNNING || doing == MODEL_READY))
        return state->run_since;
    if (state->waits || state->life != TRACE_ALIVE)
        return state->since;
    return state->run_since > state->since ? state->run_since : state->since;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

const char *model_task_name(const struct model *model, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);
    const struct model_object *given =
        model_object(model, task, TRACE_TID, task);

    if (given && given->value)
        return last_part(reader_name(model->reader, given->name));
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
    uint32_t at = *model_find(model, o->id, o->pid, TRACE_ANY);
    uint32_t name = o->name ? o->name : at ? model->objects[at - 1].name : 0;
    uint32_t own = *model_find(model, o->id, o->pid, o->meaning);

    if (o->meaning == TRACE_NAME)
        name = (uint32_t)o->id;
    if (!name && at)
        name = model->first_names[at - 1];
    if (!name && own)
        name = model->first_names[own - 1];
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

// Whether no other task has a name that begins with so many bytes of name.
static bool is_only_one(const struct model *model, uint32_t task,
                        const char *name, size_t bytes)
{
    for (uint32_t i = 1; i < model->task_count; i++)
        if (i != task && reader_entry(model->reader, i) &&
            strncmp(model_task_name(model, i), name, bytes) == 0)
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
    if (!is_only_one(model, task, name, strlen(name) + 1))
        snprintf(text + used, size - used, "#%u", task);
    return text;
}

char *model_task_brief(const struct model *model, uint32_t task, int columns,
                       char *text, size_t size)
{
    const char *name = model_task_name(model, task), *cut;
    char label[300];
    size_t used;

    model_task_label(model, task, label, sizeof label);
    words_cut(label, columns, text, size);
    cut = strstr(text, "…");
    if (!*name || !cut || !is_only_one(model, task, name, strlen(name) + 1) ||
        is_only_one(model, task, name, (size_t)(cut - text)))
        return text;
    used = strlen(label);
    snprintf(label + used, sizeof label - used, "#%u", task);
    return words_cut(label, columns, text, size);
}

uint32_t model_holder(const struct model *model,
                      const struct model_object *lock)
{
    if (lock->owner || lock->sharers == 0)
        return lock->owner;
    for (uint32_t i = 1; i < model->task_count; i++)
        if (state_holds(&model->tasks[i], lock->id) >= 0 &&
            model_pid_of(model, i, TRACE_LOCK, lock->id) == lock->pid)
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
