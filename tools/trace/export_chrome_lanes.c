// export_chrome_lanes.c - calls, coroutines, counters, moments
#include <inttypes.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/escape.h"
#include "tools/trace/export_chrome_parts.h"
#include "tools/trace/words.h"

// ---- Calls: a lane below that of its task -----------------------------------

static uint32_t calls_lane(struct chrome *chrome, struct walk *walk,
                           uint32_t task)
{
    struct chrome_task *t = &chrome->tasks[task];
    uint32_t tid = CHROME_LANES + chrome->model->task_count + task;
    char name[400];

    if (!t->has_calls) {
        snprintf(name, sizeof name, M("%s: calls", "%s: llamadas"),
                 walk_label(walk, task));
        chrome_track(chrome, t->pid, tid, name, task * 4 + 1);
    }
    t->has_calls = true;
    return tid;
}

static void begin_call(struct chrome *chrome, struct walk *walk, uint32_t task,
                       const struct trace_record *r)
{
    struct chrome_task *t = &chrome->tasks[task];
    const struct reader *reader = walk->model->reader;
    uint32_t lane = calls_lane(chrome, walk, task);

    if (t->depth == CHROME_CALLS) {
        t->beyond++;
        return;
    }
    t->calls[t->depth++] = (uint32_t)r->object;
    chrome_head(chrome, 'B', r->time, t->pid, lane);
    chrome_name(chrome, "call", reader_name(reader, (uint32_t)r->object));
    fputs(",\"args\":{\"category\":\"", chrome->out);
    escape_json(chrome->out, reader_name(reader, (uint32_t)r->value));
    fputs("\"}}", chrome->out);
}

static void close_call(struct chrome *chrome, uint32_t task, uint64_t time)
{
    struct chrome_task *t = &chrome->tasks[task];

    chrome_head(chrome, 'E', time, t->pid,
                CHROME_LANES + chrome->model->task_count + task);
    t->depth--;
}

// Calls of which nobody said that they ended (exit, longjmp, loss) end with the
// one around them; an end without a beginning is passed over.
static void end_call(struct chrome *chrome, uint32_t task,
                     const struct trace_record *r)
{
    struct chrome_task *t = &chrome->tasks[task];
    uint32_t at = t->depth;

    if (t->beyond) {
        t->beyond--;
        return;
    }
    while (at > 0 && t->calls[at - 1] != (uint32_t)r->object)
        at--;
    if (at == 0)
        return;
    while (t->depth > at) {
        close_call(chrome, task, r->time);
        putc('}', chrome->out);
    }
    close_call(chrome, task, r->time);
    fprintf(chrome->out, ",\"args\":{\"returned\":%" PRId64 "}}",
            (int64_t)r->value);
}

static void end_all_calls(struct chrome *chrome, uint32_t task, uint64_t time)
{
    while (chrome->tasks[task].depth > 0) {
        close_call(chrome, task, time);
        putc('}', chrome->out);
    }
    chrome->tasks[task].beyond = 0;
}

// ---- Coroutines: a lane each ------------------------------------------------

static uint32_t coroutine_tid(const struct chrome *chrome, uint32_t object)
{
    return CHROME_LANES + 2 * chrome->model->task_count + object;
}

static void leave_coroutine(struct chrome *chrome, uint32_t task, uint64_t time)
{
    struct chrome_task *t = &chrome->tasks[task];

    if (!t->carries)
        return;
    chrome_head(chrome, 'E', time, t->pid,
                coroutine_tid(chrome, t->carries - 1));
    putc('}', chrome->out);
    chrome->objects[t->carries - 1].runner = 0;
    t->carries = 0;
}

static void enter_coroutine(struct chrome *chrome, struct walk *walk,
                            uint32_t task, const struct model_object *o)
{
    struct chrome_task *t = &chrome->tasks[task];
    uint32_t at = (uint32_t)(o - walk->model->objects);
    struct chrome_object *coroutine = &chrome->objects[at];
    char label[300], name[400];

    if (coroutine->runner)
        leave_coroutine(chrome, coroutine->runner, walk->model->time);
    model_label(walk->model, o, label, sizeof label);
    if (!coroutine->has_lane)
        chrome_track(chrome, t->pid, coroutine_tid(chrome, at), label,
                     task * 4 + 2);
    coroutine->has_lane = true;
    coroutine->runner = task;
    t->carries = at + 1;
    snprintf(name, sizeof name, M("on %s", "en %s"), walk_label(walk, task));
    chrome_head(chrome, 'B', walk->model->time, t->pid,
                coroutine_tid(chrome, at));
    chrome_name(chrome, "coroutine", name);
    putc('}', chrome->out);
}

static void end_coroutine(struct chrome *chrome, const struct walk *walk,
                          const struct model_object *o)
{
    uint32_t runner = o ? chrome->objects[o - walk->model->objects].runner : 0;

    if (runner)
        leave_coroutine(chrome, runner, walk->model->time);
}

static void run_coroutine(struct chrome *chrome, struct walk *walk,
                          uint32_t task, const struct model_object *o)
{
    leave_coroutine(chrome, task, walk->model->time);
    if (o)
        enter_coroutine(chrome, walk, task, o);
}

// ---- Counters ---------------------------------------------------------------

static const char *unit_of(const struct model_object *o)
{
    switch (o->meaning) {
    case TRACE_PIPE:
    case TRACE_MEMORY:
        return "bytes";
    case TRACE_QUEUE:
        return "items";
    case TRACE_SEMAPHORE:
        return "count";
    case TRACE_NAME:
        return "value";
    default:
        return NULL; // has no number that people follow
    }
}

// Two of the same name stay apart: what was named says its number too.
static void counter_name(const struct model *model,
                         const struct model_object *o, char *text, size_t size)
{
    const struct model_object nameless = {
        .meaning = o->meaning, .ordinal = o->ordinal, .id = UINT64_MAX};
    char label[300], plain[64];

    model_label(model, o, label, sizeof label);
    if (o->meaning == TRACE_MEMORY)
        snprintf(text, size, M("heap of %u", "montón de %u"), o->pid);
    else if (o->meaning == TRACE_NAME || !*model_given_name(model, o))
        snprintf(text, size, "%s", label);
    else
        snprintf(text, size, "%s (%s)", label,
                 model_label(model, &nameless, plain, sizeof plain));
}

static void put_counter(struct chrome *chrome, const struct model *model,
                        const struct model_object *o, uint64_t time)
{
    struct chrome_object *said = &chrome->objects[o - model->objects];
    uint32_t first = chrome->thread_count ? chrome->threads[0].task : 0;
    uint32_t pid = o->pid ? o->pid : chrome->tasks[first].pid;
    char name[400];

    if (!unit_of(o) || (said->has_value && said->value == o->value))
        return;
    said->has_value = true;
    said->value = o->value;
    counter_name(model, o, name, sizeof name);
    chrome_head(chrome, 'C', time, pid, pid);
    chrome_name(chrome, "counter", name);
    fprintf(chrome->out, ",\"args\":{\"%s\":%" PRId64 "}}", unit_of(o),
            o->value);
}

void chrome_lanes_start(struct chrome *chrome, const struct walk *walk)
{
    for (size_t i = 0; i < walk->model->object_count; i++)
        if (walk->model->objects[i].value != 0)
            put_counter(chrome, walk->model, &walk->model->objects[i],
                        walk->from);
}

// ---- Moments ----------------------------------------------------------------

static void put_moment(struct chrome *chrome, struct walk *walk, uint32_t task,
                       const struct trace_record *r)
{
    uint32_t lane = calls_lane(chrome, walk, task);
    char kind[64], object[300], value[300], name[700];

    words_kind(TRACE_KIND(r->last), kind, sizeof kind);
    words_object(walk->model, task, r, object, sizeof object);
    words_value(walk->model, task, r, value, sizeof value);
    snprintf(name, sizeof name, "%s%s%s", object, *object && *value ? ", " : "",
             value);
    chrome_head(chrome, 'i', r->time, chrome->tasks[task].pid, lane);
    chrome_name(chrome, kind, name);
    fputs(",\"s\":\"t\"}", chrome->out);
}

// ---- An event ---------------------------------------------------------------

void chrome_lanes_event(struct chrome *chrome, struct walk *walk, size_t number)
{
    const struct model *model = walk->model;
    const struct trace_record *r = reader_event(model->reader, number);
    uint32_t task = reader_task(model->reader, number);
    enum trace_meaning meaning = trace_kind_of(TRACE_KIND(r->last))->object;
    const struct model_object *o = model_object(
        model, task, meaning, meaning == TRACE_MEMORY ? 0 : r->object);

    if (o)
        put_counter(chrome, model, o, r->time);
    switch (TRACE_KIND(r->last)) {
    case TRACE_CALL_BEGIN:
        begin_call(chrome, walk, task, r);
        break;
    case TRACE_CALL_END:
        end_call(chrome, task, r);
        break;
    case TRACE_CO_RUN:
        run_coroutine(chrome, walk, task, r->object ? o : NULL);
        break;
    case TRACE_CO_END:
        end_coroutine(chrome, walk, o);
        break;
    case TRACE_TASK_EXIT:
        end_all_calls(chrome, task, r->time);
        leave_coroutine(chrome, task, r->time);
        break;
    case TRACE_MARK:
    case TRACE_NOTE:
    case TRACE_FAILURE:
    case TRACE_EXEC:
    case TRACE_OUTPUT:
        put_moment(chrome, walk, task, r);
        break;
    default:
        break;
    }
}

void chrome_lanes_end(struct chrome *chrome)
{
    for (uint32_t i = 1; i < chrome->model->task_count; i++) {
        end_all_calls(chrome, i, chrome->until);
        leave_coroutine(chrome, i, chrome->until);
    }
}
