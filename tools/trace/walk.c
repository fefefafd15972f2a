// walk.c - event by event, and no way back
#include <stdlib.h>
#include <string.h>

#include "tools/trace/model_parts.h"
#include "tools/trace/state.h"
#include "tools/trace/walk.h"
#include "tools/trace/words.h"

const char *walk_word(enum model_doing doing)
{
    static const char *const words[MODEL_DOINGS] = {
        [MODEL_READY] = "ready",
        [MODEL_RUNNING] = "running",
        [MODEL_BLOCKED] = "blocked",
        [MODEL_SLEEPING] = "sleeping",
    };

    return words[doing];
}

const char *walk_label(struct walk *walk, uint32_t task)
{
    struct walk_name *name = &walk->names[task];
    char label[300];

    if (name->text && name->age == walk->age)
        return name->text;
    free(name->text);
    name->age = walk->age;
    name->text =
        strdup(model_task_label(walk->model, task, label, sizeof label));
    return name->text ? name->text : "";
}

char *walk_awaited(const struct walk *walk, uint32_t task, char *text,
                   size_t size)
{
    const struct walk_state *state = &walk->states[task];
    const struct trace_record wait = {.object = state->awaited,
                                      .last = (uint64_t)state->span.kind << 32};

    *text = '\0';
    if (state->span.kind)
        words_object(walk->model, task, &wait, text, size);
    return text;
}

// ---- Going ------------------------------------------------------------------

struct way {
    struct walk walk;
    const struct walk_visitor *visitor;
    void *context;
};

static struct walk_state state_now(const struct walk *walk, uint32_t task)
{
    struct walk_state now = {.span = span_now(walk->model, task)};

    if (now.span.doing == MODEL_BLOCKED || now.span.doing == MODEL_SLEEPING)
        now.awaited = walk->model->tasks[task].object;
    return now;
}

static void tell_begin(struct way *way, uint32_t task)
{
    if (way->visitor->begin && walk_is_shown(&way->walk.states[task].span))
        way->visitor->begin(way->context, &way->walk, task);
}

static void tell_end(struct way *way, uint32_t task, uint64_t end)
{
    if (way->visitor->end && walk_is_shown(&way->walk.states[task].span))
        way->visitor->end(way->context, &way->walk, task, end);
}

static void follow(struct way *way, uint32_t task)
{
    struct walk_state *last = &way->walk.states[task];
    struct walk_state now = state_now(&way->walk, task);

    if (span_is_same(&last->span, &now.span) && last->awaited == now.awaited)
        return;
    tell_end(way, task, now.span.begin);
    *last = now;
    tell_begin(way, task);
}

// Behind the last event of a task before others of it were lost, nothing is
// known of it.
static void confess_loss(struct way *way, uint32_t task, uint64_t now)
{
    const struct model *model = way->walk.model;
    struct walk_state *last = &way->walk.states[task];
    uint64_t begin;

    if (!model->heard || model->heard[task] >= now ||
        last->span.doing == MODEL_EXITED || last->span.doing == MODEL_UNKNOWN)
        return;
    begin = model->heard[task] + 1;
    if (begin < last->span.begin)
        begin = last->span.begin;
    tell_end(way, task, begin);
    *last =
        (struct walk_state){.span = {.begin = begin, .doing = MODEL_UNKNOWN}};
}

static void begin(struct way *way)
{
    struct walk *walk = &way->walk;

    model_seek(walk->model, walk->first);
    if (way->visitor->start)
        way->visitor->start(way->context, walk);
    for (uint32_t i = 1; i < walk->model->task_count; i++) {
        walk->states[i] = state_now(walk, i);
        walk->states[i].span.begin = walk->from;
        if (reader_entry(walk->model->reader, i))
            tell_begin(way, i);
        else
            walk->states[i].span.doing = MODEL_NOT_BORN;
    }
}

// From a word about scheduling on, every task may stand otherwise.
static void one_event(struct way *way, size_t number)
{
    struct walk *walk = &way->walk;
    const struct trace_record *record =
        reader_event(walk->model->reader, number);
    uint32_t task = reader_task(walk->model->reader, number);
    int kind = TRACE_KIND(record->last);
    bool moves = state_is_moved_by(&walk->model->tasks[task], record);

    model_apply(walk->model);
    walk->age += kind == TRACE_TASK_NAME || kind == TRACE_EXEC;
    if (kind == TRACE_SCHEDULING)
        for (uint32_t i = 1; i < walk->model->task_count; i++) {
            confess_loss(way, i, record->time);
            follow(way, i);
        }
    if (moves)
        follow(way, task);
    if (way->visitor->event)
        way->visitor->event(way->context, walk, number);
}

static void end(struct way *way)
{
    way->walk.is_over = true;
    for (uint32_t i = 1; i < way->walk.model->task_count; i++) {
        confess_loss(way, i, way->walk.until);
        tell_end(way, i, way->walk.until);
    }
}

static bool make_room(struct walk *walk)
{
    walk->states = calloc(walk->model->task_count, sizeof *walk->states);
    walk->names = calloc(walk->model->task_count, sizeof *walk->names);
    return walk->states && walk->names;
}

static void give_back(struct walk *walk)
{
    for (uint32_t i = 0; walk->names && i < walk->model->task_count; i++)
        free(walk->names[i].text);
    free(walk->names);
    free(walk->states);
}

// Within the trace: nothing is known of what is before and behind it.
static void set_bounds(struct walk *walk, uint64_t from, uint64_t until)
{
    const struct reader *reader = walk->model->reader;
    uint64_t start = reader->header.start;
    uint64_t last =
        reader->count ? reader_event(reader, reader->count - 1)->time : start;

    walk->from = from > start ? from : start;
    walk->until = until < last ? until : last;
    if (walk->from > walk->until)
        walk->from = walk->until;
    walk->first = walk->from > start ? reader_at(reader, walk->from - 1) : 0;
    walk->end = reader_at(reader, walk->until);
}

bool walk_through(struct model *model, uint64_t from, uint64_t until,
                  const struct walk_visitor *visitor, void *context)
{
    struct way way = {{.model = model}, visitor, context};

    set_bounds(&way.walk, from, until);
    if (!make_room(&way.walk)) {
        give_back(&way.walk);
        return false;
    }
    begin(&way);
    for (size_t i = way.walk.first; i < way.walk.end; i++) {
        if (visitor->stop && visitor->stop(context))
            break;
        one_event(&way, i);
    }
    end(&way);
    give_back(&way.walk);
    return !model->no_memory;
}
