// export_chrome.c - Chrome's trace-event JSON, as Perfetto imports it
//
// What it has to be: "Trace Event Format" (Google document
// 1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU, Catapult), and what is made of
// it by Perfetto's src/trace_processor/importers/json and .../common (
// slice_tracker.cc, flow_tracker.cc):
//
// - Slices of a lane nest or lie apart; one that only overlaps is dropped. They
//   are B and E here, not X: Perfetto cuts ts and dur off to nanoseconds each
//   by itself, so that the end of an X may come behind the beginning of the
//   next one, while two equal ts of B and E stay equal.
// - A flow (s, f) binds to the innermost slice that is open on its lane when it
//   is read; f only with "bp":"e", otherwise to the next slice. Events of the
//   same ts are read in the order of the file. A moment (i) on a lane stays the
//   innermost slice until the next one: so moments have another lane than
//   flows.
// - ts is in microseconds, with a fraction; displayTimeUnit says only how times
//   are shown. Where the clock counts steps, a step is a microsecond.
// - Threads are looked up by tid first: each lane has one of its own.
// - Perfetto shows lanes in the order of process_sort_index and
//   thread_sort_index; names and other M events have no time.
// - ph, ts, pid and tid come first: older importers find them without
//   understanding every escape behind them.
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/escape.h"
#include "tools/trace/export_batons.h"
#include "tools/trace/export_chrome_parts.h"
#include "tools/trace/export_findings.h"
#include "tools/trace/export_parts.h"

export_writer export_chrome;

// ---- Events -----------------------------------------------------------------

void chrome_head(struct chrome *chrome, char phase, uint64_t time, uint32_t pid,
                 uint32_t tid)
{
    uint64_t since = export_since(chrome->model, time);
    bool is_steps = chrome->model->reader->header.clock == TRACE_STEPS;

    fprintf(chrome->out, "%s{\"ph\":\"%c\",\"ts\":%" PRIu64,
            chrome->has_one ? ",\n" : "", phase,
            is_steps ? since : since / 1000);
    if (!is_steps && since % 1000)
        fprintf(chrome->out, ".%03u", (unsigned)(since % 1000));
    fprintf(chrome->out, ",\"pid\":%" PRIu32 ",\"tid\":%" PRIu32, pid, tid);
    chrome->has_one = true;
}

void chrome_name(struct chrome *chrome, const char *category, const char *name)
{
    fprintf(chrome->out, ",\"cat\":\"%s\",\"name\":\"", category);
    escape_json(chrome->out, name);
    putc('"', chrome->out);
}

// ---- Names and order --------------------------------------------------------

static void put_order(struct chrome *chrome, uint32_t pid, uint32_t tid,
                      const char *what, uint32_t order)
{
    chrome_head(chrome, 'M', 0, pid, tid);
    fprintf(chrome->out,
            ",\"name\":\"%s\",\"args\":{\"sort_index\":%" PRIu32 "}}", what,
            order);
}

static void put_name(struct chrome *chrome, uint32_t pid, uint32_t tid,
                     const char *what, const char *name)
{
    chrome_head(chrome, 'M', 0, pid, tid);
    fprintf(chrome->out, ",\"name\":\"%s\",\"args\":{\"name\":\"", what);
    escape_json(chrome->out, name);
    fputs("\"}}", chrome->out);
}

void chrome_track(struct chrome *chrome, uint32_t pid, uint32_t tid,
                  const char *name, uint32_t order)
{
    put_name(chrome, pid, tid, "thread_name", name);
    put_order(chrome, pid, tid, "thread_sort_index", order);
}

static int by_tid(const void *a, const void *b)
{
    const struct chrome_thread *x = a, *y = b;

    if (x->tid != y->tid)
        return x->tid < y->tid ? -1 : 1;
    return x->task < y->task ? -1 : x->task > y->task;
}

// Tasks that share a tid (one came after the other) get numbers of their own.
static void number_tasks(struct chrome *chrome)
{
    const struct chrome_thread *t = chrome->threads;
    uint32_t n = chrome->thread_count;

    for (uint32_t i = 0; i < n; i++) {
        bool is_only = (i == 0 || t[i - 1].tid != t[i].tid) &&
                       (i + 1 == n || t[i + 1].tid != t[i].tid);

        chrome->tasks[t[i].task].tid =
            is_only && t[i].tid && t[i].tid < CHROME_LANES
                ? t[i].tid
                : CHROME_LANES + t[i].task;
    }
}

static bool list_threads(struct chrome *chrome)
{
    const struct model *model = chrome->model;

    chrome->threads = calloc(model->task_count + 1, sizeof *chrome->threads);
    if (!chrome->threads)
        return false;
    for (uint32_t i = 1; i < model->task_count; i++) {
        const struct trace_entry *entry = reader_entry(model->reader, i);

        if (!entry)
            continue;
        chrome->tasks[i].pid = entry->pid ? entry->pid : CHROME_LANES;
        chrome->threads[chrome->thread_count++] =
            (struct chrome_thread){entry->tid, i};
    }
    qsort(chrome->threads, chrome->thread_count, sizeof *chrome->threads,
          by_tid);
    number_tasks(chrome);
    return true;
}

static int by_pid(const void *a, const void *b)
{
    const struct chrome_task *const *x = a, *const *y = b;

    if ((*x)->pid != (*y)->pid)
        return (*x)->pid < (*y)->pid ? -1 : 1;
    return *x < *y ? -1 : *x > *y; // they lie in the order of their numbers
}

// A process is called as the first of its tasks.
static bool name_processes(struct chrome *chrome)
{
    uint32_t count = chrome->model->task_count, n = 0;
    struct chrome_task **sorted = calloc(count, sizeof *sorted);
    char label[300];

    if (!sorted)
        return false;
    for (uint32_t i = 1; i < count; i++)
        if (chrome->tasks[i].pid)
            sorted[n++] = &chrome->tasks[i];
    qsort(sorted, n, sizeof *sorted, by_pid);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t task = (uint32_t)(sorted[i] - chrome->tasks);

        if (i > 0 && sorted[i - 1]->pid == sorted[i]->pid)
            continue;
        model_task_label(chrome->model, task, label, sizeof label);
        put_name(chrome, sorted[i]->pid, sorted[i]->tid, "process_name", label);
        put_order(chrome, sorted[i]->pid, sorted[i]->tid, "process_sort_index",
                  task);
    }
    free(sorted);
    return true;
}

static void name_threads(struct chrome *chrome)
{
    char label[300];

    for (uint32_t i = 1; i < chrome->model->task_count; i++) {
        const struct chrome_task *task = &chrome->tasks[i];

        if (!task->pid)
            continue;
        model_task_label(chrome->model, i, label, sizeof label);
        chrome_track(chrome, task->pid, task->tid, label, i * 4);
    }
}

// ---- What tasks are in ------------------------------------------------------

// Who does not wait has a CPU only where somebody recorded CPUs.
static const char *word_for(const struct chrome *chrome, uint8_t doing)
{
    switch (doing) {
    case MODEL_RUNNING:
        return chrome->source ? M("running", "en ejecución")
                              : M("not waiting", "sin esperar");
    case MODEL_READY:
        return M("ready, no CPU", "lista, sin CPU");
    case MODEL_SLEEPING:
        return M("sleeping", "dormida");
    default:
        return M("blocked", "bloqueada");
    }
}

static void put_place(FILE *out, const struct walk *walk, uint32_t task)
{
    uint32_t place = walk->model->tasks[task].place;

    if (!place)
        return;
    fputs(",\"args\":{\"place\":\"", out);
    escape_json(out, reader_name(walk->model->reader, place));
    fputs("\"}", out);
}

static void begin_state(void *context, struct walk *walk, uint32_t task)
{
    struct chrome *chrome = context;
    const struct chrome_task *lane = &chrome->tasks[task];
    const struct walk_state *state = &walk->states[task];
    const char *word = word_for(chrome, state->span.doing);
    char awaited[300], name[400];

    walk_awaited(walk, task, awaited, sizeof awaited);
    snprintf(name, sizeof name, "%s%s%s", word, *awaited ? ": " : "", awaited);
    chrome_head(chrome, 'B', state->span.begin, lane->pid, lane->tid);
    chrome_name(chrome, walk_word(state->span.doing), name);
    if (state->span.doing == MODEL_RUNNING &&
        walk->model->tasks[task].cpu == TRACE_CPU_ON)
        fprintf(chrome->out, ",\"args\":{\"cpu\":%u}", state->span.cpu);
    else
        put_place(chrome->out, walk, task);
    putc('}', chrome->out);
}

static void end_state(void *context, struct walk *walk, uint32_t task,
                      uint64_t end)
{
    struct chrome *chrome = context;
    const struct chrome_task *lane = &chrome->tasks[task];

    (void)walk;
    chrome_head(chrome, 'E', end, lane->pid, lane->tid);
    putc('}', chrome->out);
}

static void start(void *context, struct walk *walk)
{
    struct chrome *chrome = context;

    chrome->until = walk->until;
    chrome_lanes_start(chrome, walk);
}

static void see_closing(struct chrome_task *task, bool is_open, uint64_t time)
{
    if (task->is_open && !is_open) {
        task->closings++;
        task->closed = time;
    }
    task->is_open = is_open;
}

static void see_event(void *context, struct walk *walk, size_t number)
{
    struct chrome *chrome = context;
    uint32_t task = reader_task(walk->model->reader, number);

    chrome_lanes_event(chrome, walk, number);
    chrome_flows_event(chrome, walk, number);
    see_closing(&chrome->tasks[task], walk_is_shown(&walk->states[task].span),
                walk->model->time);
}

static bool is_broken(void *context)
{
    struct chrome *chrome = context;

    return chrome->no_memory || ferror(chrome->out);
}

// ---- What is wrong ----------------------------------------------------------

static void put_finding(void *context, const struct model *model,
                        const struct finding *finding)
{
    struct chrome *chrome = context;
    uint32_t first = chrome->thread_count ? chrome->threads[0].task : 0;
    const struct chrome_task *task =
        &chrome->tasks[finding->task ? finding->task : first];
    char words[600];

    findings_words(model, finding, words, sizeof words);
    chrome_head(chrome, 'i', finding->begin, task->pid, task->tid);
    chrome_name(chrome, "finding", words);
    fprintf(chrome->out, ",\"s\":\"%c\",\"args\":{\"count\":%" PRIu64 "}}",
            finding->task ? 'p' : 'g', finding->count);
}

// ---- What was inferred: a lane each -----------------------------------------

// Below the first task of its process.
static uint32_t place_of_baton(const struct chrome *chrome,
                               const struct baton *baton)
{
    for (uint32_t i = 1; i < chrome->model->task_count; i++)
        if (chrome->tasks[i].pid == baton->pid)
            return i * 4 + 3;
    return 0;
}

static void put_baton(struct chrome *chrome, const struct baton *baton,
                      uint32_t tid, const struct export_what *what)
{
    char label[300];

    chrome_track(chrome, baton->pid, tid, baton_name(baton),
                 place_of_baton(chrome, baton));
    for (size_t i = 0; i < baton->track.count; i++) {
        struct turn turn = baton->track.turns[i];

        if (!export_turn(&turn, what))
            continue;
        model_task_label(chrome->model, turn.task, label, sizeof label);
        chrome_head(chrome, 'B', turn.begin, baton->pid, tid);
        chrome_name(chrome, "baton", label);
        fputs(",\"args\":{\"inferred\":true}}", chrome->out);
        chrome_head(chrome, 'E', turn.end, baton->pid, tid);
        putc('}', chrome->out);
    }
}

static bool put_batons(struct chrome *chrome, const struct export_what *what)
{
    const struct model *model = chrome->model;
    uint32_t tid =
        CHROME_LANES + 2 * model->task_count + (uint32_t)model->object_count;
    struct batons batons;

    if (export_batons(&batons, model, what) != 0)
        return false;
    for (size_t i = 0; i < batons.count; i++)
        put_baton(chrome, &batons.all[i], tid + (uint32_t)i, what);
    batons_free(&batons);
    return true;
}

// ---- The file ---------------------------------------------------------------

static void put_end(struct chrome *chrome)
{
    static const char *const sources[] = {"not recorded", "perf", "fallback",
                                          "explorer"};

    fprintf(chrome->out,
            "\n],\n\"otherData\":{\"scheduling\":\"%s\",\"clock\":\"%s\","
            "\"lost\":\"%" PRIu64 "\"}}\n",
            sources[chrome->source < 4 ? chrome->source : 0],
            chrome->model->reader->header.clock == TRACE_STEPS ? "steps"
                                                               : "nanoseconds",
            reader_lost(chrome->model->reader));
}

static bool make_room(struct chrome *chrome)
{
    const struct model *model = chrome->model;

    chrome->tasks = calloc(model->task_count, sizeof *chrome->tasks);
    chrome->objects = calloc(model->object_count + 1, sizeof *chrome->objects);
    return chrome->tasks && chrome->objects && list_threads(chrome);
}

static void give_back(struct chrome *chrome, size_t object_count)
{
    for (size_t i = 0; chrome->objects && i < object_count; i++)
        free(chrome->objects[i].queue);
    free(chrome->objects);
    free(chrome->threads);
    free(chrome->tasks);
}

// Names are those at the end of the stretch.
static bool write_all(struct chrome *chrome, struct model *model,
                      const struct export_what *what)
{
    static const struct walk_visitor visitor = {.start = start,
                                                .begin = begin_state,
                                                .end = end_state,
                                                .event = see_event,
                                                .stop = is_broken};

    model_seek(model, reader_at(model->reader, what->until));
    chrome->source = model->source;
    fputs("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n", chrome->out);
    if (!name_processes(chrome))
        return false;
    name_threads(chrome);
    if (!walk_through(model, what->from, what->until, &visitor, chrome))
        return false;
    chrome_lanes_end(chrome);
    if (chrome->no_memory || !put_batons(chrome, what) ||
        export_findings(model, what, put_finding, chrome) != 0)
        return false;
    put_end(chrome);
    return true;
}

int export_chrome(FILE *out, struct model *model,
                  const struct export_what *what)
{
    struct chrome chrome = {.out = out, .model = model};
    size_t objects = model->object_count;
    bool done = make_room(&chrome) && write_all(&chrome, model, what);

    give_back(&chrome, objects);
    return done ? 0 : ENOMEM;
}
