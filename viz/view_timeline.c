// view_timeline.c - what happened when: a row for each task, process, coroutine
// or CPU
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/words.h"
#include "viz/cpu_tasks.h"
#include "viz/lane_draw.h"
#include "viz/legend.h"
#include "viz/places.h"
#include "viz/view.h"

enum {
    LABEL_LEAST = 6,
    LABEL_MOST = 22,
    TASKS_SHOWN = 4096,
    BATONS_SHOWN = 64
};

struct line { // of a task, or of a baton
    uint32_t task;
    const struct baton *baton;
};

// The rows of the present grouping. Tasks of a process stand together.
struct rows {
    const struct stage *stage;
    uint32_t tasks[TASKS_SHOWN]; // that are shown
    uint32_t task_count;
    uint32_t first[TASKS_SHOWN]; // of each process, in tasks (BY_PROCESS)
    struct line lines[TASKS_SHOWN + BATONS_SHOWN]; // (BY_THREAD)
    uint32_t count, chosen;
};

static uint32_t pid_of(const struct stage *stage, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(&stage->reader, task);

    return entry ? entry->pid : 0;
}

static size_t count_in_turn(const struct stage *stage)
{
    return stage->grouping == BY_CPU ? stage->lanes.cpu_count
                                     : stage->coroutines.count;
}

// ---- Which rows there are ---------------------------------------------------

static const struct baton *baton_of(const struct stage *stage, uint32_t task)
{
    uint32_t pid = pid_of(stage, task);

    for (size_t i = 0; i < stage->batons.count; i++)
        if (stage->batons.all[i].pid == pid)
            return &stage->batons.all[i];
    return NULL;
}

static void list_batons(struct rows *rows, uint32_t pid)
{
    const struct batons *batons = &rows->stage->batons;

    for (size_t i = 0; i < batons->count && i < BATONS_SHOWN; i++)
        if (batons->all[i].pid == pid)
            rows->lines[rows->count++] = (struct line){0, &batons->all[i]};
}

// The batons of a process stand above its tasks, which may be many.
static void list_threads(struct rows *rows)
{
    uint32_t last = 0;

    for (uint32_t i = 0; i < rows->task_count; i++) {
        uint32_t task = rows->tasks[i], pid = pid_of(rows->stage, task);

        if (i == 0 || pid != last)
            list_batons(rows, pid);
        if (task == rows->stage->selected)
            rows->chosen = rows->count;
        rows->lines[rows->count++] = (struct line){task, NULL};
        last = pid;
    }
}

static void list_processes(struct rows *rows)
{
    uint32_t chosen = pid_of(rows->stage, rows->stage->selected), last = 0;

    for (uint32_t i = 0; i < rows->task_count; i++) {
        uint32_t pid = pid_of(rows->stage, rows->tasks[i]);

        if (i > 0 && pid == last)
            continue;
        if (pid == chosen)
            rows->chosen = rows->count;
        rows->first[rows->count++] = i;
        last = pid;
    }
}

// None of them is chosen; ↑ and ↓ move them past.
static void list_in_turn(struct rows *rows)
{
    rows->count = (uint32_t)count_in_turn(rows->stage);
    rows->chosen = (uint32_t)rows->stage->row;
}

static void list_rows(struct rows *rows, const struct stage *stage)
{
    rows->stage = stage;
    rows->count = rows->chosen = 0;
    rows->task_count = stage_tasks(stage, rows->tasks, TASKS_SHOWN);
    switch (stage->grouping) {
    case BY_PROCESS:
        list_processes(rows);
        break;
    case BY_COROUTINE:
    case BY_CPU:
        list_in_turn(rows);
        break;
    default:
        list_threads(rows);
    }
}

bool view_timeline_move(struct stage *stage, int by)
{
    if (stage->grouping != BY_COROUTINE && stage->grouping != BY_CPU)
        return false;
    if (by < 0 ? stage->row > 0 : (size_t)stage->row + 1 < count_in_turn(stage))
        stage->row += by;
    return true;
}

// ---- Labels -----------------------------------------------------------------

static char *label_in_turn(const struct stage *stage, uint32_t row, char *text,
                           size_t size)
{
    const struct model *model = &stage->model;

    if (stage->grouping != BY_CPU)
        return model_label(
            model, &model->objects[stage->coroutines.all[row].id], text, size);
    snprintf(text, size, "CPU %" PRIu32, stage->lanes.cpus[row]);
    return text;
}

// Whoever may have a baton has his sign before his name.
static char *label_of_thread(const struct rows *rows, uint32_t row, int columns,
                             char *text, size_t size)
{
    const struct stage *stage = rows->stage;
    const struct line *line = &rows->lines[row];
    size_t used = 0;

    if (line->baton) {
        snprintf(text, size, "%s", baton_name(line->baton));
        return text;
    }
    if (baton_of(stage, line->task))
        used = (size_t)snprintf(text, size, "%c ",
                                (char)places_sign(stage, line->task));
    model_task_brief(&stage->model, line->task, columns - (int)used,
                     text + used, size - used);
    return text;
}

// "python3 4711": the name is cut, never the number.
static char *label_of_process(const struct stage *stage, uint32_t task,
                              int columns, char *text, size_t size)
{
    char number[16];
    int tail = snprintf(number, sizeof number, " %u", pid_of(stage, task));
    size_t bytes;

    snprintf(text, size, "%s", model_task_name(&stage->model, task));
    for (bytes = strlen(text); text_columns(text) + tail > columns && bytes > 0;
         text[bytes] = '\0')
        do
            bytes--;
        while (bytes > 0 && ((unsigned char)text[bytes] & 0xc0) == 0x80);
    snprintf(text + bytes, size - bytes, "%s", number);
    return text;
}

// In so many columns.
static char *label_of(const struct rows *rows, uint32_t row, int columns,
                      char *text, size_t size)
{
    const struct stage *stage = rows->stage;

    switch (stage->grouping) {
    case BY_PROCESS:
        return label_of_process(stage, rows->tasks[rows->first[row]], columns,
                                text, size);
    case BY_COROUTINE:
    case BY_CPU:
        return label_in_turn(stage, row, text, size);
    default:
        return label_of_thread(rows, row, columns, text, size);
    }
}

static int label_columns(const struct rows *rows, uint32_t first, int visible,
                         int columns)
{
    int most = LABEL_LEAST, limit = columns / 4;
    char label[300];

    for (int i = 0; i < visible && first + (uint32_t)i < rows->count; i++) {
        int wide = text_columns(label_of(rows, first + (uint32_t)i, LABEL_MOST,
                                         label, sizeof label));

        most = wide > most ? wide : most;
    }
    most = most < LABEL_MOST ? most : LABEL_MOST;
    return most < limit ? most : limit;
}

static void draw_label(const struct rows *rows, const struct axis *axis,
                       struct grid *grid, int row, uint32_t i)
{
    enum grouping grouping = rows->stage->grouping;
    bool is_task = grouping == BY_PROCESS ||
                   (grouping == BY_THREAD && !rows->lines[i].baton);
    char label[300];

    grid_text(grid, row, 1, axis->column - 2, is_task ? LOOK_PLAIN : LOOK_HELD,
              label_of(rows, i, axis->column - 2, label, sizeof label));
    if (!is_task || i != rows->chosen)
        return;
    grid_put(grid, row, 0, glyph(SIGN_HERE), LOOK_STRONG);
    grid_reverse(grid, (struct area){row, 0, 1, axis->column - 1});
}

// ---- What tasks have in turn: CPUs, coroutines, batons ----------------------

static void put_task(const struct axis *axis, struct grid *grid, int row, int i,
                     uint32_t task)
{
    bool is_chosen = task == axis->stage->selected;

    if (task)
        grid_put(grid, row, axis->column + i, places_sign(axis->stage, task),
                 is_chosen ? LOOK_STRONG : LOOK_HELD);
}

static void draw_track(const struct axis *axis, struct grid *grid, int row,
                       const struct track *track)
{
    for (int i = 0; i < axis->columns; i++) {
        const struct turn *turn = track_find(track, axis_middle(axis, i));

        put_task(axis, grid, row, i, turn ? turn->task : 0);
    }
}

static void draw_cpu(const struct axis *axis, struct grid *grid, int row,
                     uint32_t cpu)
{
    const uint32_t *tasks = cpu_tasks(axis, cpu);

    for (int i = 0; tasks && i < axis->columns; i++)
        put_task(axis, grid, row, i, tasks[i]);
}

// Whether the sign of the task can be on the screen.
static bool has_sign(const struct stage *stage, uint32_t task)
{
    return places_sign(stage, task) != '+' &&
           (stage->grouping != BY_THREAD || baton_of(stage, task));
}

// Who is who among those signs.
static void draw_names(const struct rows *rows, struct grid *grid,
                       struct area area)
{
    enum { NAME = 40 };
    static char names[PLACES_SIGNS][NAME];
    struct legend_row legend[PLACES_SIGNS];
    size_t count = 0;

    for (uint32_t i = 0; i < rows->task_count && count < PLACES_SIGNS; i++) {
        uint32_t task = rows->tasks[i];

        if (!has_sign(rows->stage, task))
            continue;
        model_task_brief(&rows->stage->model, task, NAME / 2, names[count],
                         NAME);
        legend[count] = (struct legend_row){places_sign(rows->stage, task),
                                            LOOK_HELD, names[count]};
        count++;
    }
    legend_draw(grid, area, legend, count);
}

// ---- Processes --------------------------------------------------------------

// It runs while any of its threads does: then how many there are is shown.
static void draw_process_cell(const struct rows *rows, const struct axis *axis,
                              struct grid *grid, int row, int i,
                              uint32_t process)
{
    const struct lanes *lanes = &axis->stage->lanes;
    uint64_t from = axis_time(axis, i), to = axis_time(axis, i + 1);
    uint64_t all[MODEL_DOINGS] = {0}, shares[MODEL_DOINGS], running;
    uint32_t at = rows->first[process];
    uint32_t end =
        process + 1 < rows->count ? rows->first[process + 1] : rows->task_count;

    to = to > from ? to : from + 1;
    for (; at < end; at++) {
        lanes_shares(lanes, &lanes->lanes[rows->tasks[at]], from, to, shares);
        for (int j = 0; j < MODEL_DOINGS; j++)
            all[j] += shares[j];
    }
    running = (all[MODEL_RUNNING] + (to - from) / 2) / (to - from);
    all[MODEL_NOT_BORN] = all[MODEL_EXITED] = 0;
    if (running > 1)
        grid_put(grid, row, axis->column + i, places_digit((uint32_t)running),
                 LOOK_RUNNING);
    else if (running == 1)
        grid_put(grid, row, axis->column + i,
                 glyph(lane_sign(axis->stage, MODEL_RUNNING)), LOOK_RUNNING);
    else
        lane_put(axis->stage, grid, row, axis->column + i, all);
}

static void draw_process(const struct rows *rows, const struct axis *axis,
                         struct grid *grid, int row, uint32_t process)
{
    for (int i = 0; i < axis->columns; i++)
        draw_process_cell(rows, axis, grid, row, i, process);
}

// ---- All of it --------------------------------------------------------------

static void draw_row(const struct rows *rows, const struct axis *axis,
                     struct grid *grid, int row, uint32_t i)
{
    const struct stage *stage = rows->stage;

    draw_label(rows, axis, grid, row, i);
    switch (stage->grouping) {
    case BY_PROCESS:
        draw_process(rows, axis, grid, row, i);
        break;
    case BY_COROUTINE:
        draw_track(axis, grid, row, &stage->coroutines.all[i]);
        break;
    case BY_CPU:
        draw_cpu(axis, grid, row, i);
        break;
    default:
        if (rows->lines[i].baton)
            draw_track(axis, grid, row, &rows->lines[i].baton->track);
        else
            lane_draw(axis, grid, row, rows->lines[i].task);
    }
}

static const char *nothing_words(const struct stage *stage)
{
    switch (stage->grouping) {
    case BY_CPU:
        return M("on which CPU they ran was not recorded",
                 "no se registró en qué CPU corrieron");
    case BY_COROUTINE:
        return M("no coroutine in this trace",
                 "en esta traza no hay corrutinas");
    default:
        return M("no task in this trace", "en esta traza no hay tareas");
    }
}

// "1-31/40": where not all rows have room.
static void draw_count(const struct rows *rows, const struct axis *axis,
                       struct grid *grid, int row, uint32_t first, int shown)
{
    if (shown > 0 && (uint32_t)shown < rows->count)
        grid_say(grid, row, 1, axis->column - 2, LOOK_QUIET, "%u-%u/%u",
                 first + 1, first + (uint32_t)shown, rows->count);
}

// Where there is room: what the signs mean.
static void draw_legend(const struct rows *rows, struct grid *grid,
                        struct area area)
{
    const struct stage *stage = rows->stage;
    bool has_names = stage->grouping == BY_CPU ||
                     stage->grouping == BY_COROUTINE ||
                     (stage->grouping == BY_THREAD && stage->batons.count);
    int used = 0;

    area = area_inside(area, 1, 0);
    area.column += 1;
    area.columns -= 1;
    if (stage->grouping == BY_THREAD || stage->grouping == BY_PROCESS)
        used = legend_states(stage, grid, area);
    area = area_inside(area, used, 0);
    if (stage->grouping == BY_PROCESS && area.rows > 0)
        grid_text(grid, area.row, area.column, area.columns, LOOK_QUIET,
                  M("2 3 ... so many of its threads run at once",
                    "2 3 ... tantos de sus hilos corren a la vez"));
    if (has_names)
        draw_names(rows, grid, area);
}

static void draw_cursor(const struct axis *axis, struct grid *grid,
                        struct area area)
{
    int column = axis_column(axis, axis->stage->now);

    if (column >= 0)
        grid_reverse(grid, (struct area){area.row, column, area.rows, 1});
}

// The first row to draw, so that the chosen one is on the screen.
static uint32_t first_row(const struct rows *rows, int visible)
{
    if (visible < 1 || rows->chosen < (uint32_t)visible)
        return 0;
    return rows->chosen - (uint32_t)visible + 1;
}

void view_timeline(const struct stage *stage, struct grid *grid,
                   struct area area)
{
    static struct rows rows;
    struct axis axis = {.stage = stage};
    struct area lanes = area_inside(area, 2, 0);
    uint32_t first;

    list_rows(&rows, stage);
    first = first_row(&rows, lanes.rows);
    axis.column =
        area.column + label_columns(&rows, first, lanes.rows, area.columns) + 2;
    axis.columns = area.column + area.columns - axis.column;
    if (axis.columns < 4)
        return;
    axis_draw(&axis, grid, area.row);
    if ((uint32_t)lanes.rows > rows.count - first)
        lanes.rows = (int)(rows.count - first);
    for (int i = 0; i < lanes.rows; i++)
        draw_row(&rows, &axis, grid, lanes.row + i, first + (uint32_t)i);
    if (rows.count == 0)
        grid_text(grid, lanes.row, 1, area.columns - 1, LOOK_QUIET,
                  nothing_words(stage));
    draw_count(&rows, &axis, grid, area.row + 1, first, lanes.rows);
    draw_cursor(&axis, grid, lanes);
    if (rows.count > 0)
        draw_legend(&rows, grid, area_inside(area, 2 + lanes.rows, 0));
}
