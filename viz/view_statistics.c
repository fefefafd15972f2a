// view_statistics.c - how much of the time each task did what, and what was
// waited for: between marks A and B, else over the whole trace
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "runtime/message.h"
#include "viz/chart_draft.h"
#include "viz/chart_number.h"
#include "viz/charts.h"
#include "viz/statistics.h"
#include "viz/view.h"
#include "viz/waits.h"

static const struct {
    enum model_doing doing;
    enum look look;
} parts[] = {{MODEL_RUNNING, LOOK_RUNNING},
             {MODEL_READY, LOOK_READY},
             {MODEL_BLOCKED, LOOK_BLOCKED},
             {MODEL_SLEEPING, LOOK_SLEEPING}};
enum { PARTS = sizeof parts / sizeof *parts };

enum { NAME = 14, NARROW = 12, SHARE = 8, RUNS = 9, MOVES = 11 };
enum { LONGEST_LEAST = 11, WIDE = 76 };

// ---- The figures, kept until something changes ------------------------------

static struct kept {
    struct statistics statistics;
    size_t events;
    int order;
    const struct reader *reader;
    char filter[64];
    bool is_there;
    long long took_ns, made_ns;
} kept;

static long long clock_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool is_of(const struct stage *stage, uint64_t from, uint64_t to)
{
    return kept.is_there && kept.statistics.from == from &&
           kept.statistics.to == to && kept.order == stage->order &&
           kept.events == stage->reader.count &&
           kept.reader == &stage->reader &&
           strcmp(kept.filter, stage->filter) == 0;
}

// While a large trace grows, what was found last is shown for a while longer.
static bool is_recent(const struct stage *stage)
{
    return kept.is_there && stage->follows && kept.reader == &stage->reader &&
           kept.order == stage->order &&
           clock_ns() - kept.made_ns < 20 * kept.took_ns;
}

static void make(const struct stage *stage, uint64_t from, uint64_t to)
{
    long long begin = clock_ns();

    statistics_free(&kept.statistics);
    kept.is_there = statistics_of(
        stage, from, to, (enum statistics_order)stage->order, &kept.statistics);
    kept.events = stage->reader.count;
    kept.reader = &stage->reader;
    kept.order = stage->order;
    snprintf(kept.filter, sizeof kept.filter, "%s", stage->filter);
    kept.made_ns = clock_ns();
    kept.took_ns = kept.made_ns - begin;
}

// NULL: memory is short.
static const struct statistics *figures_of(const struct stage *stage)
{
    uint64_t from, to;

    charts_stretch(stage, &from, &to);
    if (!is_of(stage, from, to) && !is_recent(stage))
        make(stage, from, to);
    return kept.is_there ? &kept.statistics : NULL;
}

// ---- Words ------------------------------------------------------------------

// words_time says where one is, to the last digit; this, how long something
// took, with three.
static char *duration_words(const struct stage *stage, uint64_t time,
                            char *text, size_t size)
{
    struct draft_unit unit = draft_unit(stage, time);
    char number[NUMBER_SIZE];

    chart_number(number, (double)time / unit.size, 3);
    snprintf(text, size, "%.40s %s", number, M(unit.english, unit.spanish));
    return text;
}

static const char *order_words(const struct stage *stage)
{
    switch ((enum statistics_order)stage->order) {
    case ORDER_NAME:
        return M("by name", "por nombre");
    case ORDER_RUNS:
        return M("by running", "por ejecución");
    case ORDER_READY:
        return M("by ready", "por lista");
    case ORDER_BLOCKED:
        return M("by blocked", "por bloqueo");
    default:
        return M("as they began", "como comenzaron");
    }
}

// ---- Columns ----------------------------------------------------------------

// Where each thing stands; 0: there is no room for it.
struct columns {
    int name;   // how wide
    int shares; // the first of them
    int runs, moves, longest;
};

static struct columns lay_out(const struct area *area)
{
    // A narrow screen has no longest waits, a wide one has room to spare.
    int spare = area->columns < WIDE
                    ? area->columns - 1 - PARTS * SHARE - RUNS - NAME
                    : (area->columns - 80) / 2;
    struct columns c = {.name = NAME + (spare > 10 ? 10 : spare)};
    int at;

    if (c.name < NARROW)
        c.name = NARROW;
    c.shares = 1 + c.name;
    at = c.shares + PARTS * SHARE;
    if (at + RUNS <= area->columns)
        c.runs = at;
    if (at + RUNS + MOVES <= area->columns)
        c.moves = at + RUNS;
    at += RUNS + MOVES + 2;
    if (at + LONGEST_LEAST <= area->columns)
        c.longest = at;
    return c;
}

static void put_word(struct grid *grid, int row, int end, const char *word)
{
    grid_text(grid, row, end - text_columns(word), text_columns(word),
              LOOK_QUIET, word);
}

static void draw_head(struct grid *grid, int row, const struct columns *c)
{
    const char *words[PARTS] = {M("runs", "corre"), M("ready", "lista"),
                                M("blocked", "bloq."), M("sleeps", "duerme")};

    for (int i = 0; i < PARTS; i++)
        put_word(grid, row, c->shares + (i + 1) * SHARE, words[i]);
    if (c->runs)
        put_word(grid, row, c->runs + RUNS, M("switches", "turnos"));
    if (c->moves)
        put_word(grid, row, c->moves + MOVES, M("migrations", "migrac."));
    if (c->longest)
        grid_text(grid, row, c->longest, grid->columns - c->longest, LOOK_QUIET,
                  grid->columns - c->longest < 16
                      ? M("longest", "la mayor")
                      : M("longest wait", "espera más larga"));
}

static void draw_shares(struct grid *grid, int row, const struct columns *c,
                        const struct task_figures *figures)
{
    for (int i = 0; i < PARTS && figures->lived > 0; i++) {
        uint64_t part = figures->shares[parts[i].doing];
        uint64_t tenths =
            (uint64_t)(1000.0 * (double)part / (double)figures->lived + 0.5);

        grid_say(grid, row, c->shares + i * SHARE, SHARE,
                 part ? parts[i].look : LOOK_QUIET,
                 M("%4" PRIu64 ".%u %%", "%4" PRIu64 ",%u %%"), tenths / 10,
                 (unsigned)(tenths % 10));
    }
}

static void draw_counts(const struct stage *stage, struct grid *grid, int row,
                        const struct columns *c,
                        const struct task_figures *figures)
{
    char time[100], what[300] = "";

    if (c->runs && kept.statistics.switches_known)
        grid_say(grid, row, c->runs, RUNS, LOOK_PLAIN, "%9" PRIu64,
                 figures->runs);
    if (c->moves && kept.statistics.switches_known)
        grid_say(grid, row, c->moves, MOVES, LOOK_PLAIN, "%11" PRIu64,
                 figures->moves);
    if (!c->longest || !figures->awaited)
        return;
    waits_label(stage, figures->awaited - 1, what, sizeof what);
    grid_say(grid, row, c->longest, grid->columns - c->longest, LOOK_PLAIN,
             "%s %s",
             duration_words(stage, figures->longest, time, sizeof time), what);
}

static void draw_task(const struct stage *stage, struct grid *grid, int row,
                      const struct columns *c,
                      const struct task_figures *figures)
{
    char label[300];

    if (figures->task)
        model_task_brief(&stage->model, figures->task, c->name - 1, label,
                         sizeof label);
    else
        snprintf(label, sizeof label, M("all: %zu", "todas: %zu"),
                 kept.statistics.task_count);
    grid_text(grid, row, 1, c->name - 1,
              figures->task ? LOOK_PLAIN : LOOK_STRONG, label);
    draw_shares(grid, row, c, figures);
    draw_counts(stage, grid, row, c, figures);
}

// ---- What was waited for ----------------------------------------------------

enum { OBJECT_NAME = 22, OBJECT_COUNT = 11, OBJECT_TIME = 13 };

static void draw_object_head(struct grid *grid, int row)
{
    int at = 1 + OBJECT_NAME;

    grid_text(grid, row, 1, OBJECT_NAME, LOOK_STRONG,
              M("waits by object", "esperas por objeto"));
    put_word(grid, row, at += OBJECT_COUNT, M("acquired", "obtenido"));
    put_word(grid, row, at += OBJECT_COUNT, M("waited for", "con espera"));
    put_word(grid, row, at += OBJECT_TIME, M("longest", "la mayor"));
    put_word(grid, row, at + OBJECT_TIME, M("total", "en total"));
}

static void draw_object(const struct stage *stage, struct grid *grid, int row,
                        const struct object_figures *object)
{
    char label[300], longest[100], total[100];
    int at = 1 + OBJECT_NAME;

    waits_label(stage, object->target, label, sizeof label);
    grid_text(grid, row, 1, OBJECT_NAME - 1, LOOK_PLAIN, label);
    grid_say(grid, row, at, OBJECT_COUNT, LOOK_PLAIN, "%11" PRIu64,
             object->acquisitions);
    at += OBJECT_COUNT;
    grid_say(grid, row, at, OBJECT_COUNT,
             object->waits ? LOOK_BLOCKED : LOOK_QUIET, "%11" PRIu64,
             object->waits);
    if (!object->waits)
        return;
    duration_words(stage, object->longest, longest, sizeof longest);
    duration_words(stage, object->total, total, sizeof total);
    put_word(grid, row, at += OBJECT_COUNT + OBJECT_TIME, longest);
    put_word(grid, row, at + OBJECT_TIME, total);
}

// ---- The list: tasks, an empty row, a heading, objects ----------------------

enum { BETWEEN = 2 };

static size_t place_of(const struct statistics *statistics, uint32_t task)
{
    for (size_t i = 0; i < statistics->task_count; i++)
        if (statistics->tasks[i].task == task)
            return i;
    return 0;
}

// The row of the list where one is; stage->row counts objects from 1 on.
static size_t cursor_of(const struct stage *stage,
                        const struct statistics *statistics)
{
    if (stage->row > 0 && statistics->object_count > 0) {
        size_t object = (size_t)stage->row - 1;

        if (object >= statistics->object_count)
            object = statistics->object_count - 1;
        return statistics->task_count + BETWEEN + object;
    }
    return place_of(statistics, stage->selected);
}

static void draw_row(const struct stage *stage, struct grid *grid, int row,
                     const struct columns *c,
                     const struct statistics *statistics, size_t at)
{
    size_t tasks = statistics->task_count;

    if (at < tasks)
        draw_task(stage, grid, row, c, &statistics->tasks[at]);
    else if (at == tasks + 1 && statistics->object_count > 0)
        draw_object_head(grid, row);
    else if (at >= tasks + BETWEEN)
        draw_object(stage, grid, row,
                    &statistics->objects[at - tasks - BETWEEN]);
}

static void draw_list(const struct stage *stage, struct grid *grid,
                      struct area area, const struct columns *c,
                      const struct statistics *statistics)
{
    size_t cursor = cursor_of(stage, statistics);
    size_t rows = (size_t)area.rows;
    size_t top = cursor < rows ? 0 : cursor - rows + 1;
    size_t count = statistics->task_count + BETWEEN + statistics->object_count;

    for (size_t i = 0; i < rows && top + i < count; i++) {
        int row = area.row + (int)i;

        draw_row(stage, grid, row, c, statistics, top + i);
        if (top + i == cursor && statistics->task_count > 0)
            grid_reverse(grid, (struct area){row, 0, 1, 1 + c->name});
    }
}

static void draw_above(const struct stage *stage, struct grid *grid,
                       struct area area, const struct statistics *statistics)
{
    char time[100], lost[60] = "";

    duration_words(stage, statistics->to - statistics->from, time, sizeof time);
    if (statistics->lost)
        snprintf(
            lost, sizeof lost,
            M("; %" PRIu64 " events lost", "; %" PRIu64 " eventos perdidos"),
            statistics->lost);
    grid_say(grid, area.row, 1, area.columns - 1,
             statistics->lost ? LOOK_WARNING : LOOK_QUIET,
             stage->marks[1].is_set
                 ? M("A to B: %s; %s (o)%s%s", "de A a B: %s; %s (o)%s%s")
                 : M("all: %s; %s (o)%s%s", "todo: %s; %s (o)%s%s"),
             time, order_words(stage), lost,
             statistics->switches_known ? ""
                                        : M("; no CPU switches recorded",
                                            "; cambios de CPU sin registrar"));
}

void view_statistics(const struct stage *stage, struct grid *grid,
                     struct area area)
{
    const struct statistics *statistics = figures_of(stage);
    struct columns columns = lay_out(&area);

    if (!statistics) {
        grid_text(grid, area.row, 1, area.columns - 1, LOOK_BAD,
                  M("not enough memory", "no alcanza la memoria"));
        return;
    }
    draw_above(stage, grid, area, statistics);
    draw_head(grid, area.row + 1, &columns);
    draw_task(stage, grid, area.row + 2, &columns, &statistics->all);
    draw_list(stage, grid, area_inside(area, 3, 0), &columns, statistics);
}

// ---- Up and down ------------------------------------------------------------

bool view_statistics_move(struct stage *stage, int by)
{
    const struct statistics *statistics = figures_of(stage);
    size_t place;

    if (!statistics || statistics->task_count == 0)
        return false;
    place = place_of(statistics, stage->selected);
    if (stage->row > 0) {
        if (by < 0 || (size_t)stage->row < statistics->object_count)
            stage->row += by;
    } else if (by > 0 && place + 1 == statistics->task_count) {
        stage->row = statistics->object_count > 0;
    } else if (by > 0 || place > 0) {
        stage->selected =
            statistics->tasks[by > 0 ? place + 1 : place - 1].task;
    }
    return true;
}
