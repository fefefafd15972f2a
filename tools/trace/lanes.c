// lanes.c - keeps the stretches of every lane, and sums so that none is walked
#include <stdlib.h>
#include <string.h>

#include "tools/trace/lanes.h"
#include "tools/trace/model_parts.h"
#include "tools/trace/state.h"

enum { SPANS_A_SUM = 32 };

// ---- Making them ------------------------------------------------------------

static bool grow(void **array, size_t *room, size_t count, size_t size)
{
    size_t more = *room ? *room * 2 : 8;
    void *grown;

    if (count < *room)
        return true;
    grown = realloc(*array, more * size);
    if (!grown)
        return false;
    *array = grown;
    *room = more;
    return true;
}

bool span_is_same(const struct span *a, const struct span *b)
{
    return a->doing == b->doing && a->object == b->object &&
           a->kind == b->kind && a->on_cpu == b->on_cpu;
}

static uint64_t length(const struct lane *lane, size_t i)
{
    return lane->spans[i + 1].begin - lane->spans[i].begin;
}

// The sums before the next span, which is the first of its group.
static bool add_sum(struct lane *lane)
{
    size_t n = lane->sum_count;

    if (!grow((void **)&lane->sums, &lane->sum_room, n, sizeof *lane->sums))
        return false;
    if (n == 0)
        memset(lane->sums[0], 0, sizeof lane->sums[0]);
    else
        memcpy(lane->sums[n], lane->sums[n - 1], sizeof lane->sums[n]);
    lane->sum_count++;
    return true;
}

// The span before this one has ended: was it the longest wait so far?
static void remember_longest(struct lane *lane, uint64_t now)
{
    size_t last = lane->count - 1;

    if (lane->spans[last].doing != MODEL_BLOCKED || lane->longest == last)
        return;
    if (lane->longest == 0 ||
        now - lane->spans[last].begin > length(lane, lane->longest))
        lane->longest = last;
}

static bool append(struct lane *lane, struct span span)
{
    size_t n = lane->count;

    if (n && span_is_same(&lane->spans[n - 1], &span))
        return true;
    if (n)
        remember_longest(lane, span.begin);
    if (!grow((void **)&lane->spans, &lane->room, n, sizeof *lane->spans))
        return false;
    lane->spans[n] = span;
    lane->count++;
    if (n % SPANS_A_SUM != 0)
        return true;
    if (!add_sum(lane))
        return false;
    for (size_t i = n ? n - SPANS_A_SUM : 0; i < n; i++)
        lane->sums[lane->sum_count - 1][lane->spans[i].doing] +=
            length(lane, i);
    return true;
}

static uint32_t awaited_object(const struct model *model, uint32_t task)
{
    enum trace_meaning meaning = model_awaited(model, task);
    const struct model_object *object =
        meaning ? model_object(model, task, meaning, model->tasks[task].object)
                : NULL;

    return object ? (uint32_t)(object - model->objects) + 1 : 0;
}

struct span span_now(const struct model *model, uint32_t task)
{
    const struct trace_state *state = &model->tasks[task];
    struct span span = {.begin = model->time,
                        .doing = (uint8_t)model_doing(model, task)};

    if (span.doing == MODEL_BLOCKED || span.doing == MODEL_SLEEPING) {
        span.kind = (uint16_t)state->waits;
        span.object = awaited_object(model, task);
    }
    span.on_cpu = state->cpu == TRACE_CPU_ON && span.doing == MODEL_RUNNING;
    if (span.on_cpu)
        span.cpu = state->cpu_number;
    return span;
}

static void begin_lanes(struct lanes *lanes, const struct model *model)
{
    struct span unborn = {.begin = lanes->begin};

    for (uint32_t i = 1; i < lanes->count; i++) {
        struct lane *lane = &lanes->lanes[i];

        unborn.doing = (uint8_t)model_doing(model, i);
        if (lane->count == 0 && !append(lane, unborn))
            lanes->no_memory = true;
    }
}

// The first event of a task that had begun before: what it did until then is
// not in the trace.
static bool confess_beginning(struct lanes *lanes, const struct model *model,
                              uint32_t task)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);
    struct lane *lane = &lanes->lanes[task];
    struct span unknown = {.doing = MODEL_UNKNOWN};

    if (lane->count != 1 || !entry || entry->begin >= model->time ||
        lane->spans[0].doing != MODEL_NOT_BORN || !model_has_holes(model))
        return true;
    unknown.begin =
        entry->begin < lanes->begin ? lanes->begin : entry->begin + 1;
    return append(lane, unknown);
}

// What a task of which events were lost did behind the last one that was not.
static bool confess_loss(struct lanes *lanes, const struct model *model,
                         uint32_t task)
{
    struct lane *lane = &lanes->lanes[task];
    struct span unknown = {.doing = MODEL_UNKNOWN};
    enum model_doing last = lane->spans[lane->count - 1].doing;

    if (!model->heard || model->heard[task] >= model->time ||
        last == MODEL_EXITED || last == MODEL_UNKNOWN)
        return true;
    unknown.begin = model->heard[task] + 1;
    return append(lane, unknown);
}

static void confess_end(struct lanes *lanes, const struct model *model)
{
    for (uint32_t i = 1; i < lanes->count; i++) {
        if (!confess_beginning(lanes, model, i))
            lanes->no_memory = true;
        if (!confess_loss(lanes, model, i))
            lanes->no_memory = true;
        remember_longest(&lanes->lanes[i], lanes->end);
    }
}

static bool note_cpu(struct lanes *lanes, uint32_t cpu)
{
    size_t at = lanes_cpu(lanes, cpu);
    uint32_t *cpus;

    if (at < lanes->cpu_count && lanes->cpus[at] == cpu)
        return true;
    cpus = realloc(lanes->cpus, (lanes->cpu_count + 1) * sizeof *cpus);
    if (!cpus)
        return false;
    memmove(cpus + at + 1, cpus + at, (lanes->cpu_count - at) * sizeof *cpus);
    cpus[at] = cpu;
    lanes->cpus = cpus;
    lanes->cpu_count++;
    return true;
}

static bool append_now(struct lanes *lanes, const struct model *model,
                       uint32_t task)
{
    struct span span = span_now(model, task);

    return (!span.on_cpu || note_cpu(lanes, span.cpu)) &&
           append(&lanes->lanes[task], span);
}

// From here on the kernel's word counts, or no longer: for every task.
static bool append_all(struct lanes *lanes, const struct model *model)
{
    bool done = true;

    for (uint32_t i = 1; i < lanes->count; i++)
        done &= confess_loss(lanes, model, i) && append_now(lanes, model, i);
    return done;
}

bool lanes_see(struct lanes *lanes, const struct model *model)
{
    size_t event = model->position - 1;
    uint32_t task = model->actor;
    uint16_t kind = TRACE_KIND(reader_event(model->reader, event)->last);

    if (kind == TRACE_SCHEDULING && !append_all(lanes, model))
        lanes->no_memory = true;
    if (model->moved && (!confess_beginning(lanes, model, task) ||
                         !append_now(lanes, model, task)))
        lanes->no_memory = true;
    return !lanes->no_memory;
}

static bool room_for_tasks(struct lanes *lanes, const struct model *model)
{
    struct lane *all =
        realloc(lanes->lanes, model->task_count * sizeof *lanes->lanes);

    if (!all)
        return false;
    memset(all + lanes->count, 0,
           (model->task_count - lanes->count) * sizeof *all);
    lanes->lanes = all;
    lanes->count = model->task_count;
    return true;
}

bool lanes_begin(struct lanes *lanes, const struct model *model)
{
    if (!lanes->lanes)
        *lanes = (struct lanes){.begin = model->reader->header.start};
    if (lanes->count < model->task_count && !room_for_tasks(lanes, model))
        lanes->no_memory = true;
    if (!lanes->no_memory)
        begin_lanes(lanes, model);
    return !lanes->no_memory;
}

bool lanes_stop(struct lanes *lanes, const struct model *model)
{
    static uint64_t versions;

    lanes->version = ++versions;
    lanes->end = model->time;
    lanes->events = model->position;
    if (!lanes->no_memory)
        confess_end(lanes, model);
    return !lanes->no_memory;
}

// ---- Walking by themselves --------------------------------------------------

struct pair {
    struct lanes *lanes;
    struct model *model;
    struct findings *findings; // NULL: nobody asks for them
};

static bool see_both(void *context)
{
    struct pair *pair = context;

    if (pair->findings)
        findings_see(pair->findings, pair->model);
    return lanes_see(pair->lanes, pair->model);
}

static bool extend(struct lanes *lanes, struct model *model,
                   struct findings *findings)
{
    struct pair pair = {lanes, model, findings};
    bool done = lanes_begin(lanes, model) &&
                model_walk(model, see_both, &pair) && lanes_stop(lanes, model);

    if (findings && done)
        findings_end(findings, model);
    if (done && !(findings && findings->no_memory))
        return true;
    lanes_free(lanes);
    if (findings)
        findings_free(findings);
    return false;
}

bool lanes_build(struct lanes *lanes, struct model *model,
                 struct findings *findings)
{
    *lanes = (struct lanes){0};
    if (findings && !findings_begin(findings, model))
        return false;
    model_seek(model, 0);
    return extend(lanes, model, findings);
}

bool lanes_refresh(struct lanes *lanes, struct model *model, size_t changed,
                   struct findings *findings)
{
    if (changed < lanes->events) { // a part was overwritten: all anew
        lanes_free(lanes);
        if (findings)
            findings_free(findings);
        return lanes_build(lanes, model, findings);
    }
    model_seek(model, lanes->events);
    return extend(lanes, model, findings);
}

void lanes_free(struct lanes *lanes)
{
    for (uint32_t i = 0; i < lanes->count; i++) {
        free(lanes->lanes[i].spans);
        free(lanes->lanes[i].sums);
    }
    free(lanes->cpus);
    free(lanes->lanes);
    *lanes = (struct lanes){0};
}

// ---- Asking -----------------------------------------------------------------

size_t lanes_cpu(const struct lanes *lanes, uint32_t cpu)
{
    size_t low = 0, high = lanes->cpu_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (lanes->cpus[middle] < cpu)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// Where time would be if all spans were as long: most of a search in memory
// that is not in the cache is saved.
static size_t guess(const struct lane *lane, uint64_t time)
{
    uint64_t first = lane->spans[0].begin;
    uint64_t last = lane->spans[lane->count - 1].begin;

    if (time <= first)
        return 0;
    if (time >= last)
        return lane->count - 1;
    return (size_t)((double)(time - first) / (double)(last - first) *
                    (double)(lane->count - 1));
}

// Makes low and high the ends of where the first span behind time is, by steps
// from the guess that become longer.
static void narrow(const struct lane *lane, uint64_t time, size_t *low,
                   size_t *high)
{
    size_t at = guess(lane, time), step = 4;

    if (lane->spans[at].begin <= time) {
        for (; at < *high && lane->spans[at].begin <= time; step *= 2) {
            *low = at + 1;
            at += step;
        }
        *high = at < *high ? at : *high;
        return;
    }
    for (; lane->spans[at].begin > time; step *= 2) {
        *high = at;
        if (at == 0)
            return;
        at = at > step ? at - step : 0;
    }
    *low = at + 1;
}

size_t lanes_find(const struct lane *lane, uint64_t time)
{
    size_t low = 0, high = lane->count;

    if (high > 0)
        narrow(lane, time, &low, &high);
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (lane->spans[middle].begin <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

uint64_t lanes_end(const struct lanes *lanes, const struct lane *lane, size_t i)
{
    return i + 1 < lane->count ? lane->spans[i + 1].begin : lanes->end;
}

void lanes_sums(const struct lanes *lanes, const struct lane *lane,
                uint64_t time, uint64_t sums[MODEL_DOINGS])
{
    size_t at, group;

    memset(sums, 0, MODEL_DOINGS * sizeof *sums);
    if (lane->count == 0)
        return;
    if (time > lanes->end)
        time = lanes->end;
    at = lanes_find(lane, time);
    group = at / SPANS_A_SUM;
    memcpy(sums, lane->sums[group], sizeof lane->sums[group]);
    for (size_t i = group * SPANS_A_SUM; i < at; i++)
        sums[lane->spans[i].doing] += length(lane, i);
    if (time > lane->spans[at].begin)
        sums[lane->spans[at].doing] += time - lane->spans[at].begin;
}

void lanes_shares(const struct lanes *lanes, const struct lane *lane,
                  uint64_t from, uint64_t to, uint64_t shares[MODEL_DOINGS])
{
    uint64_t before[MODEL_DOINGS];

    lanes_sums(lanes, lane, from, before);
    lanes_sums(lanes, lane, to > from ? to : from, shares);
    for (int i = 0; i < MODEL_DOINGS; i++)
        shares[i] -= before[i];
}
