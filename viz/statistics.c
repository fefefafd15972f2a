// statistics.c - what a stretch of the trace comes to
#include <stdlib.h>
#include <string.h>

#include "viz/statistics.h"
#include "viz/waits.h"

enum { TASKS_MOST = 65536 };

// ---- Tasks ------------------------------------------------------------------

static bool lives(enum model_doing doing)
{
    return doing != MODEL_NOT_BORN && doing != MODEL_EXITED;
}

// What it was on before counts for whether it moved.
static void count_runs(const struct lane *lane, uint64_t from, uint64_t to,
                       struct task_figures *figures)
{
    int64_t last = -1;
    bool ran = false; // and has not left that CPU

    for (size_t i = 0; i < lane->count && lane->spans[i].begin < to; i++) {
        const struct span *span = &lane->spans[i];
        bool is_new = span->on_cpu && (!ran || span->cpu != last);

        if (is_new && span->begin >= from) {
            figures->runs++;
            figures->moves += last >= 0 && span->cpu != last;
        }
        ran = span->on_cpu;
        if (span->on_cpu)
            last = span->cpu;
    }
}

static struct task_figures figures_of(const struct stage *stage, uint32_t task,
                                      uint64_t from, uint64_t to)
{
    const struct lane *lane = &stage->lanes.lanes[task];
    struct task_figures figures = {.task = task};

    lanes_shares(&stage->lanes, lane, from, to, figures.shares);
    for (int i = 0; i < MODEL_DOINGS; i++)
        if (lives((enum model_doing)i))
            figures.lived += figures.shares[i];
    count_runs(lane, from, to, &figures);
    return figures;
}

static void add_up(struct task_figures *all, const struct task_figures *one)
{
    for (int i = 0; i < MODEL_DOINGS; i++)
        all->shares[i] += one->shares[i];
    all->lived += one->lived;
    all->runs += one->runs;
    all->moves += one->moves;
    if (one->longest > all->longest) {
        all->longest = one->longest;
        all->awaited = one->awaited;
    }
}

static bool take_tasks(const struct stage *stage, struct statistics *statistics)
{
    uint32_t *tasks = calloc(TASKS_MOST, sizeof *tasks);
    uint32_t count = tasks ? stage_tasks(stage, tasks, TASKS_MOST) : 0;

    statistics->tasks = calloc(count + 1, sizeof *statistics->tasks);
    for (uint32_t i = 0; statistics->tasks && i < count; i++)
        statistics->tasks[i] =
            figures_of(stage, tasks[i], statistics->from, statistics->to);
    statistics->task_count = statistics->tasks ? count : 0;
    free(tasks);
    return tasks && statistics->tasks;
}

// ---- What was waited for ----------------------------------------------------

struct taking {
    struct statistics *statistics;
    struct object_figures *objects;  // by target
    struct task_figures **by_number; // by task; NULL: not shown
};

static void take_wait(void *context, const struct wait *wait)
{
    struct taking *taking = context;
    struct object_figures *object = &taking->objects[wait->target];
    struct task_figures *task = taking->by_number[wait->task];

    if (!task)
        return;
    object->waits++;
    object->total += wait->inside;
    if (wait->inside > object->longest)
        object->longest = wait->inside;
    if (wait->inside > task->longest) {
        task->longest = wait->inside;
        task->awaited = wait->target + 1;
    }
}

static bool is_acquisition(uint16_t kind)
{
    return kind == TRACE_LOCK_ACQUIRE || kind == TRACE_SHARE_ACQUIRE ||
           kind == TRACE_SEM_ACQUIRE || kind == TRACE_COND_WAKE ||
           kind == TRACE_BARRIER_LEAVE || kind == TRACE_GET ||
           kind == TRACE_PIPE_READ;
}

static void take_acquisitions(const struct stage *stage, struct taking *taking)
{
    const struct reader *reader = &stage->reader;
    uint64_t from = taking->statistics->from, to = taking->statistics->to;
    size_t first = from ? reader_at(reader, from - 1) : 0;

    for (size_t i = first; i < reader->count; i++) {
        const struct trace_record *record = reader_event(reader, i);
        uint16_t kind = TRACE_KIND(record->last);
        uint32_t task = reader_task(reader, i);
        const struct model_object *object;

        if (record->time > to)
            return;
        if (!is_acquisition(kind) || !taking->by_number[task])
            continue;
        object = model_object(&stage->model, task, trace_kind_of(kind)->object,
                              record->object);
        if (object)
            taking->objects[object - stage->model.objects].acquisitions++;
    }
}

// Those that something happened to, together at the beginning.
static size_t pack(struct object_figures *objects, uint32_t targets)
{
    size_t count = 0;

    for (uint32_t i = 0; i < targets; i++) {
        objects[i].target = i;
        if (objects[i].acquisitions || objects[i].waits)
            objects[count++] = objects[i];
    }
    return count;
}

static int by_total(const void *a, const void *b)
{
    const struct object_figures *x = a, *y = b;

    if (x->total != y->total)
        return x->total > y->total ? -1 : 1;
    if (x->acquisitions != y->acquisitions)
        return x->acquisitions > y->acquisitions ? -1 : 1;
    return x->target < y->target ? -1 : 1;
}

static bool take_objects(const struct stage *stage,
                         struct statistics *statistics)
{
    uint32_t targets = waits_targets(stage);
    struct taking taking = {
        statistics, calloc(targets, sizeof *taking.objects),
        calloc(stage->lanes.count + 1, sizeof(struct task_figures *))};
    bool done = taking.objects && taking.by_number;

    if (done) {
        for (size_t i = 0; i < statistics->task_count; i++)
            taking.by_number[statistics->tasks[i].task] = &statistics->tasks[i];
        waits_walk(stage, statistics->from, statistics->to, take_wait, &taking);
        take_acquisitions(stage, &taking);
        statistics->object_count = pack(taking.objects, targets);
        qsort(taking.objects, statistics->object_count, sizeof *taking.objects,
              by_total);
    }
    free(taking.by_number);
    statistics->objects = taking.objects;
    return done;
}

// ---- In which order ---------------------------------------------------------

static const struct stage *sorted_stage; // for qsort
static enum statistics_order sorted_by;

static int by_name(const struct task_figures *a, const struct task_figures *b)
{
    return strcmp(model_task_name(&sorted_stage->model, a->task),
                  model_task_name(&sorted_stage->model, b->task));
}

static int by_share(const struct task_figures *a, const struct task_figures *b)
{
    enum model_doing doing = sorted_by == ORDER_RUNS    ? MODEL_RUNNING
                             : sorted_by == ORDER_READY ? MODEL_READY
                                                        : MODEL_BLOCKED;

    if (a->shares[doing] != b->shares[doing])
        return a->shares[doing] > b->shares[doing] ? -1 : 1;
    return 0;
}

static int compare(const void *a, const void *b)
{
    const struct task_figures *x = a, *y = b;
    int order = sorted_by == ORDER_TASK   ? 0
                : sorted_by == ORDER_NAME ? by_name(x, y)
                                          : by_share(x, y);

    return order ? order : x->task < y->task ? -1 : 1;
}

// ---- The whole --------------------------------------------------------------

bool statistics_of(const struct stage *stage, uint64_t from, uint64_t to,
                   enum statistics_order order, struct statistics *statistics)
{
    *statistics = (struct statistics){.from = from,
                                      .to = to,
                                      .lost = reader_lost(&stage->reader),
                                      .switches_known =
                                          stage->source == TRACE_SOURCE_PERF};
    if (!take_tasks(stage, statistics) || !take_objects(stage, statistics)) {
        statistics_free(statistics);
        return false;
    }
    for (size_t i = 0; i < statistics->task_count; i++)
        add_up(&statistics->all, &statistics->tasks[i]);
    sorted_stage = stage;
    sorted_by = order;
    qsort(statistics->tasks, statistics->task_count, sizeof *statistics->tasks,
          compare);
    return true;
}

void statistics_free(struct statistics *statistics)
{
    free(statistics->tasks);
    free(statistics->objects);
    *statistics = (struct statistics){.from = 0};
}
