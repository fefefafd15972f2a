// view_code.c - where each task stands in the source, as the trace says
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/play_stage.h"
#include "viz/source.h"
#include "viz/view.h"

enum {
    TASKS_SHOWN = 4096,
    LABEL_LEAST = 16, // and at most a third of the screen
    PLACE_COLUMNS = 22
};

struct stand {
    char file[256];
    int line; // 0: not known
};

static struct stand stand_of(const struct stage *stage, uint32_t task)
{
    const char *place =
        reader_name(&stage->reader, stage->model.tasks[task].place);
    struct stand stand = {.line = 0};
    const struct scene_thread *thread =
        stage->play ? play_stage_thread(stage->play, task) : NULL;

    if (thread && thread->line) { // where it goes on; also before its begin
        snprintf(stand.file, sizeof stand.file, "%s", thread->file);
        stand.line = thread->line;
    } else if (!source_split(place, stand.file, sizeof stand.file, &stand.line))
        stand.line = 0;
    return stand;
}

static enum look look_of(const struct stage *stage, uint32_t task)
{
    switch (model_doing(&stage->model, task)) {
    case MODEL_RUNNING:
        return LOOK_RUNNING;
    case MODEL_BLOCKED:
        return LOOK_BLOCKED;
    case MODEL_READY:
        return LOOK_READY;
    case MODEL_SLEEPING:
        return LOOK_SLEEPING;
    default:
        return LOOK_QUIET;
    }
}

// ---- A row for each task ----------------------------------------------------

// Columns for the labels of these tasks.
static int label_columns(const struct stage *stage, const struct grid *grid,
                         const uint32_t *tasks, uint32_t count)
{
    int most = LABEL_LEAST, room = grid->columns / 3;
    char text[1024];

    for (uint32_t i = 0; i < count; i++) {
        int wide = text_columns(model_task_label(&stage->model, tasks[i], text,
                                                 sizeof text)) +
                   2;

        most = wide > most ? wide : most;
    }
    if (most <= room)
        return most;
    return room > LABEL_LEAST ? room : LABEL_LEAST;
}

static void draw_task(const struct stage *stage, struct grid *grid, int row,
                      int label, uint32_t task)
{
    struct stand stand = stand_of(stage, task);
    enum look look = look_of(stage, task);
    char text[1024];
    int column = label + PLACE_COLUMNS;

    model_task_label(&stage->model, task, text, sizeof text);
    grid_text(grid, row, 1, label - 2, look, text);
    if (task == stage->selected) {
        grid_put(grid, row, 0, glyph(SIGN_HERE), LOOK_STRONG);
        grid_reverse(grid, (struct area){row, 0, 1, label - 1});
    }
    if (stand.line == 0) {
        grid_text(grid, row, label, grid->columns - label, LOOK_QUIET,
                  M("its line was not recorded", "su línea no se registró"));
        return;
    }
    grid_say(grid, row, label, PLACE_COLUMNS - 1, LOOK_QUIET, "%s:%d",
             stand.file, stand.line);
    if (source_line(stage->path, stand.file, stand.line, text, sizeof text))
        grid_text(grid, row, column, grid->columns - column, look,
                  text + strspn(text, " "));
}

// ---- The source around the selected one -------------------------------------

// Does another task stand at that line?
static bool stands_there(const struct stage *stage, const uint32_t *tasks,
                         uint32_t count, const struct stand *here)
{
    for (uint32_t i = 0; i < count; i++) {
        struct stand stand = stand_of(stage, tasks[i]);

        if (tasks[i] != stage->selected && stand.line == here->line &&
            strcmp(stand.file, here->file) == 0)
            return true;
    }
    return false;
}

static void draw_line(const struct stage *stage, struct grid *grid, int row,
                      const struct stand *here, bool is_selected,
                      bool has_others)
{
    enum look look = is_selected  ? look_of(stage, stage->selected)
                     : has_others ? LOOK_STRONG
                                  : LOOK_PLAIN;
    char text[1024];

    if (!source_line(stage->path, here->file, here->line, text, sizeof text))
        return;
    if (is_selected || has_others)
        grid_put(grid, row, 1, glyph(is_selected ? SIGN_RIGHT : SIGN_HERE),
                 look);
    grid_say(grid, row, 3, 6, LOOK_QUIET, "%5d", here->line);
    grid_text(grid, row, 10, grid->columns - 10, look, text);
}

static void draw_around(const struct stage *stage, struct grid *grid,
                        struct area area, const uint32_t *tasks, uint32_t count)
{
    struct stand here = stand_of(stage, stage->selected);
    int line = here.line, lines = source_lines(stage->path, here.file);
    int first = line - area.rows / 2;

    if (line == 0)
        return;
    if (lines == 0) {
        grid_say(grid, area.row, 1, area.columns - 1, LOOK_WARNING,
                 M("%s is not here: put it beside the trace",
                   "%s no está aquí: ponlo junto a la traza"),
                 here.file);
        return;
    }
    first = first + area.rows > lines + 1 ? lines + 1 - area.rows : first;
    first = first < 1 ? 1 : first;
    for (int i = 0; i < area.rows; i++) {
        here.line = first + i;
        draw_line(stage, grid, area.row + i, &here, here.line == line,
                  stands_there(stage, tasks, count, &here));
    }
}

// The first one to list, so that the selected one is among those shown.
static uint32_t first_listed(const struct stage *stage, const uint32_t *tasks,
                             uint32_t count, uint32_t rows)
{
    uint32_t at = 0;

    while (at < count && tasks[at] != stage->selected)
        at++;
    return at < rows || at == count ? 0 : at - rows + 1;
}

// A third of the rows for the list; all of them when there is nothing else.
static uint32_t rows_of_list(const struct stage *stage, struct area area,
                             uint32_t count)
{
    bool has_source = stand_of(stage, stage->selected).line != 0;
    int rows = has_source ? area.rows / 3 : area.rows;

    if ((uint32_t)rows >= count)
        return count;
    return rows > 1 ? (uint32_t)rows - 1 : (uint32_t)rows; // how many there are
}

void view_code(const struct stage *stage, struct grid *grid, struct area area)
{
    static uint32_t tasks[TASKS_SHOWN];
    uint32_t count = stage_tasks(stage, tasks, TASKS_SHOWN);
    uint32_t rows = rows_of_list(stage, area, count);
    uint32_t first = first_listed(stage, tasks, count, rows);
    int label = label_columns(stage, grid, tasks + first, rows);

    for (uint32_t i = 0; i < rows; i++)
        draw_task(stage, grid, area.row + (int)i, label, tasks[first + i]);
    if (rows > 0 && rows < count)
        grid_say(grid, area.row + (int)rows, 1, area.columns - 1, LOOK_QUIET,
                 M("%u of %u tasks (↑ ↓)", "%u de %u tareas (↑ ↓)"), rows,
                 count);
    draw_around(stage, grid, area_inside(area, (int)rows + 1, 0), tasks, count);
}
