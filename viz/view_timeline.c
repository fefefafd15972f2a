// view_timeline.c - a lane for each task: what it did, when
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/words.h"
#include "viz/view.h"

enum {
    LABEL_LEAST = 6,
    LABEL_MOST = 22,
    TASKS_SHOWN = 4096,
    TICK_COLUMNS = 16
};

struct axis {
    const struct stage *stage;
    int column, columns; // of the lanes, on the screen
};

// The time at the left edge of column i, counted from the axis' first.
static uint64_t time_at(const struct axis *axis, int i)
{
    const struct stage *stage = axis->stage;

    return stage->from +
           (uint64_t)((double)stage->length * i / (double)axis->columns);
}

// The column of a time, or -1 when it is outside the window.
static int column_of(const struct axis *axis, uint64_t time)
{
    const struct stage *stage = axis->stage;
    int i;

    if (time < stage->from || time > stage->from + stage->length)
        return -1;
    i = (int)((double)(time - stage->from) * axis->columns /
              (double)stage->length);
    return axis->column + (i < axis->columns ? i : axis->columns - 1);
}

// ---- The axis ---------------------------------------------------------------

static void draw_ticks(const struct axis *axis, struct grid *grid, int row)
{
    char text[40];

    for (int i = 0; i + 8 < axis->columns; i += TICK_COLUMNS) {
        words_time(&axis->stage->model,
                   time_at(axis, i) - axis->stage->lanes.begin, text,
                   sizeof text);
        grid_put(grid, row, axis->column + i, glyph(SIGN_CURSOR), LOOK_QUIET);
        grid_text(grid, row, axis->column + i + 1, TICK_COLUMNS - 2, LOOK_QUIET,
                  text);
    }
}

static void draw_marks(const struct axis *axis, struct grid *grid, int row)
{
    for (int i = 0; i < 2; i++) {
        int column = column_of(axis, axis->stage->marks[i].time);

        if (axis->stage->marks[i].is_set && column >= 0)
            grid_put(grid, row, column, (uint32_t)('A' + i), LOOK_MARK);
    }
}

// ---- Lanes ------------------------------------------------------------------

static enum sign sign_of(const struct stage *stage, enum model_doing doing)
{
    switch (doing) {
    case MODEL_RUNNING:
        return stage->source ? SIGN_RUNNING : SIGN_UNSEEN;
    case MODEL_READY:
        return SIGN_READY;
    case MODEL_BLOCKED:
        return SIGN_BLOCKED;
    case MODEL_SLEEPING:
        return SIGN_SLEEPING;
    default:
        return SIGN_UNKNOWN;
    }
}

static enum look look_of(enum model_doing doing)
{
    static const enum look looks[MODEL_DOINGS] = {
        [MODEL_READY] = LOOK_READY,     [MODEL_RUNNING] = LOOK_RUNNING,
        [MODEL_BLOCKED] = LOOK_BLOCKED, [MODEL_SLEEPING] = LOOK_SLEEPING,
        [MODEL_UNKNOWN] = LOOK_QUIET,   [MODEL_NOT_BORN] = LOOK_PLAIN,
        [MODEL_EXITED] = LOOK_PLAIN,
    };

    return looks[doing];
}

static enum model_doing most_of(const uint64_t shares[MODEL_DOINGS])
{
    enum model_doing most = MODEL_NOT_BORN;

    for (int i = 0; i < MODEL_DOINGS; i++)
        if (shares[i] > shares[most])
            most = (enum model_doing)i;
    return most;
}

// What a column shows, but for one of enum model_doing.
enum { SHOWS_NOTHING = MODEL_DOINGS, SHOWS_PARTLY };

// What the task did most; if it ran at all, that is to be seen.
static int what_of(const struct stage *stage,
                   const uint64_t shares[MODEL_DOINGS])
{
    enum model_doing most = most_of(shares);

    if (most == MODEL_NOT_BORN || most == MODEL_EXITED)
        return shares[MODEL_RUNNING] ? (int)MODEL_RUNNING : SHOWS_NOTHING;
    if (most != MODEL_RUNNING && shares[MODEL_RUNNING] > 0 && stage->source)
        return SHOWS_PARTLY;
    return (int)most;
}

static void put_what(const struct stage *stage, struct grid *grid, int row,
                     int column, int what)
{
    if (what == SHOWS_PARTLY)
        grid_put(grid, row, column, glyph(SIGN_PARTLY), LOOK_RUNNING);
    else if (what != SHOWS_NOTHING)
        grid_put(grid, row, column,
                 glyph(sign_of(stage, (enum model_doing)what)),
                 look_of((enum model_doing)what));
}

static void draw_cell(const struct stage *stage, struct grid *grid, int row,
                      int column, const uint64_t shares[MODEL_DOINGS])
{
    put_what(stage, grid, row, column, what_of(stage, shares));
}

// What the lanes show stays while the window stays: it is kept from frame to
// frame, for tasks of different numbers modulo KEPT_LANES.
enum { KEPT_LANES = 128, KEPT_COLUMNS = 1024 };

struct kept_lane {
    uint64_t version, from, length; // of the lanes; the window
    uint32_t source, task;
    int columns;
    uint8_t what[KEPT_COLUMNS];
};

static bool is_kept(const struct kept_lane *kept, const struct axis *axis,
                    uint32_t task)
{
    const struct stage *stage = axis->stage;

    return kept->version == stage->lanes.version && kept->from == stage->from &&
           kept->length == stage->length && kept->source == stage->source &&
           kept->task == task && kept->columns == axis->columns;
}

static void look_at_lane(const struct axis *axis, uint32_t task,
                         struct kept_lane *kept)
{
    const struct stage *stage = axis->stage;
    const struct lanes *lanes = &stage->lanes;
    const struct lane *lane = &lanes->lanes[task];
    uint64_t sums[2][MODEL_DOINGS], shares[MODEL_DOINGS];

    kept->version = lanes->version;
    kept->from = stage->from;
    kept->length = stage->length;
    kept->source = stage->source;
    kept->task = task;
    kept->columns = axis->columns;
    lanes_sums(lanes, lane, time_at(axis, 0), sums[0]);
    for (int i = 0; i < axis->columns && i < KEPT_COLUMNS; i++) {
        uint64_t *before = sums[i & 1], *after = sums[~i & 1];
        uint64_t to = time_at(axis, i + 1);

        lanes_sums(lanes, lane, to, after);
        for (int j = 0; j < MODEL_DOINGS; j++)
            shares[j] = after[j] - before[j];
        if (to == time_at(axis, i) && lane->count) // finer than the clock
            shares[lane->spans[lanes_find(lane, to)].doing] = 1;
        kept->what[i] = (uint8_t)what_of(stage, shares);
    }
}

static void draw_lane(const struct axis *axis, struct grid *grid, int row,
                      uint32_t task)
{
    static struct kept_lane all[KEPT_LANES];
    struct kept_lane *kept = &all[task % KEPT_LANES];

    if (!is_kept(kept, axis, task))
        look_at_lane(axis, task, kept);
    for (int i = 0; i < axis->columns && i < KEPT_COLUMNS; i++)
        put_what(axis->stage, grid, row, axis->column + i, kept->what[i]);
}

static void draw_label(const struct stage *stage, struct grid *grid, int row,
                       const struct axis *axis, uint32_t task)
{
    char label[300];

    model_task_label(&stage->model, task, label, sizeof label);
    grid_text(grid, row, 1, axis->column - 2, LOOK_PLAIN, label);
    if (task == stage->selected)
        grid_reverse(grid, (struct area){row, 0, 1, axis->column - 1});
}

// ---- What tasks have in turn: CPUs, coroutines, batons ----------------------

// "2" for the second task of the trace, then letters; '+' for the many behind.
static uint32_t sign_of_task(uint32_t task)
{
    static const char signs[] = "?123456789abcdefghijklmnopqrstuvwxyz";

    return task < sizeof signs - 1 ? (uint32_t)signs[task] : '+';
}

static void draw_track(const struct axis *axis, struct grid *grid, int row,
                       const char *label, const struct track *track)
{
    grid_text(grid, row, 1, axis->column - 2, LOOK_HELD, label);
    for (int i = 0; i < axis->columns; i++) {
        uint64_t middle = time_at(axis, i) / 2 + time_at(axis, i + 1) / 2;
        const struct turn *turn = track_find(track, middle);

        if (turn)
            grid_put(grid, row, axis->column + i, sign_of_task(turn->task),
                     turn->task == axis->stage->selected ? LOOK_STRONG
                                                         : LOOK_HELD);
    }
}

// Inferred, and labelled so.
static void draw_batons(const struct axis *axis, struct grid *grid,
                        struct area area)
{
    const struct stage *stage = axis->stage;

    for (int i = 0; i < area.rows && (size_t)i < stage->batons.count; i++)
        draw_track(axis, grid, area.row + i,
                   baton_name(&stage->reader, &stage->batons.all[i]),
                   &stage->batons.all[i].track);
}

static void label_track(const struct stage *stage, const struct track *track,
                        char *label, size_t size)
{
    if (stage->grouping == BY_CPU)
        snprintf(label, size, "CPU %" PRIu64, track->id);
    else
        model_label(&stage->model, &stage->model.objects[track->id], label,
                    size);
}

static void draw_tracks(const struct axis *axis, struct grid *grid,
                        struct area area, const struct tracks *tracks)
{
    char label[300];

    for (int i = 0; i < area.rows && (size_t)i < tracks->count; i++) {
        label_track(axis->stage, &tracks->all[i], label, sizeof label);
        draw_track(axis, grid, area.row + i, label, &tracks->all[i]);
    }
    if (tracks->count == 0)
        grid_text(grid, area.row, axis->column, axis->columns, LOOK_QUIET,
                  axis->stage->grouping == BY_CPU
                      ? M("on which CPU they ran was not recorded",
                          "no se registró en qué CPU corrieron")
                      : M("no coroutine in this trace",
                          "en esta traza no hay corrutinas"));
}

// ---- Processes --------------------------------------------------------------

static uint32_t pid_of(const struct stage *stage, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(&stage->reader, task);

    return entry ? entry->pid : 0;
}

// It runs while any of its threads does: then how many there are is shown.
static void draw_process_cell(const struct axis *axis, struct grid *grid,
                              int row, int i, uint32_t pid)
{
    const struct lanes *lanes = &axis->stage->lanes;
    uint64_t from = time_at(axis, i), to = time_at(axis, i + 1);
    uint64_t all[MODEL_DOINGS] = {0}, shares[MODEL_DOINGS], running;

    for (uint32_t task = 1; task < lanes->count; task++) {
        if (pid_of(axis->stage, task) != pid)
            continue;
        lanes_shares(lanes, &lanes->lanes[task], from,
                     to > from ? to : from + 1, shares);
        for (int j = 0; j < MODEL_DOINGS; j++)
            all[j] += shares[j];
    }
    to = to > from ? to : from + 1;
    running = (all[MODEL_RUNNING] + (to - from) / 2) / (to - from);
    all[MODEL_NOT_BORN] = all[MODEL_EXITED] = 0;
    if (running > 1)
        grid_put(grid, row, axis->column + i, sign_of_task((uint32_t)running),
                 LOOK_RUNNING);
    else if (running == 1)
        grid_put(grid, row, axis->column + i,
                 glyph(sign_of(axis->stage, MODEL_RUNNING)), LOOK_RUNNING);
    else
        draw_cell(axis->stage, grid, row, axis->column + i, all);
}

static bool is_listed(const struct stage *stage, const uint32_t *tasks,
                      uint32_t before, uint32_t pid)
{
    for (uint32_t i = 0; i < before; i++)
        if (pid_of(stage, tasks[i]) == pid)
            return true;
    return false;
}

static void draw_processes(const struct axis *axis, struct grid *grid,
                           struct area area, const uint32_t *tasks,
                           uint32_t count)
{
    uint32_t chosen = pid_of(axis->stage, axis->stage->selected);
    char label[300];

    for (uint32_t at = 0; at < count && area.rows > 0; at++) {
        uint32_t pid = pid_of(axis->stage, tasks[at]);

        if (is_listed(axis->stage, tasks, at, pid))
            continue;
        snprintf(label, sizeof label, "%s %u",
                 model_task_name(&axis->stage->model, tasks[at]), pid);
        grid_text(grid, area.row, 1, axis->column - 2, LOOK_PLAIN, label);
        if (pid == chosen)
            grid_reverse(grid, (struct area){area.row, 0, 1, axis->column - 1});
        for (int i = 0; i < axis->columns; i++)
            draw_process_cell(axis, grid, area.row, i, pid);
        area = area_inside(area, 1, 0);
    }
}

// ---- All of it --------------------------------------------------------------

static int label_columns(const struct stage *stage, const uint32_t *tasks,
                         uint32_t count, int columns)
{
    int most = LABEL_LEAST, limit = columns / 4;
    char label[300];

    for (uint32_t i = 0; i < count; i++) {
        int wide = text_columns(
            model_task_label(&stage->model, tasks[i], label, sizeof label));

        most = wide > most ? wide : most;
    }
    for (size_t i = 0; i < stage->batons.count; i++) {
        int wide =
            text_columns(baton_name(&stage->reader, &stage->batons.all[i]));

        most = wide > most ? wide : most;
    }
    most = most < LABEL_MOST ? most : LABEL_MOST;
    return most < limit ? most : limit;
}

// The first task to draw, so that the selected one is on the screen.
static uint32_t first_task(const struct stage *stage, const uint32_t *tasks,
                           uint32_t count, int rows)
{
    uint32_t at = 0;

    while (at < count && tasks[at] != stage->selected)
        at++;
    if (rows < 1 || at < (uint32_t)rows || at == count)
        return 0;
    return at - (uint32_t)rows + 1;
}

static void draw_cursor(const struct axis *axis, struct grid *grid,
                        struct area area)
{
    int column = column_of(axis, axis->stage->now);

    if (column >= 0)
        grid_reverse(grid, (struct area){area.row, column, area.rows, 1});
}

static void draw_threads(const struct axis *axis, struct grid *grid,
                         struct area area, const uint32_t *tasks,
                         uint32_t count)
{
    uint32_t first = first_task(axis->stage, tasks, count, area.rows);

    for (int i = 0; i < area.rows && first + (uint32_t)i < count; i++) {
        draw_label(axis->stage, grid, area.row + i, axis, tasks[first + i]);
        draw_lane(axis, grid, area.row + i, tasks[first + i]);
    }
    if (count < (uint32_t)area.rows)
        draw_batons(axis, grid, area_inside(area, (int)count, 0));
}

static void draw_group(const struct axis *axis, struct grid *grid,
                       struct area area, const uint32_t *tasks, uint32_t count)
{
    const struct stage *stage = axis->stage;

    switch (stage->grouping) {
    case BY_PROCESS:
        draw_processes(axis, grid, area, tasks, count);
        break;
    case BY_COROUTINE:
        draw_tracks(axis, grid, area, &stage->coroutines);
        break;
    case BY_CPU:
        draw_tracks(axis, grid, area, &stage->cpus);
        break;
    default:
        draw_threads(axis, grid, area, tasks, count);
    }
}

void view_timeline(const struct stage *stage, struct grid *grid,
                   struct area area)
{
    static uint32_t tasks[TASKS_SHOWN];
    uint32_t count = stage_tasks(stage, tasks, TASKS_SHOWN);
    struct axis axis = {.stage = stage};
    struct area lanes = area_inside(area, 2, 0);

    axis.column =
        area.column + label_columns(stage, tasks, count, area.columns) + 2;
    axis.columns = area.column + area.columns - axis.column;
    if (axis.columns < 4)
        return;
    draw_ticks(&axis, grid, area.row);
    draw_marks(&axis, grid, area.row + 1);
    draw_group(&axis, grid, lanes, tasks, count);
    draw_cursor(&axis, grid, lanes);
}
