// view_statistics.c - how much of the time each task did what: between marks A
// and B, else over the whole trace
#include <inttypes.h>
#include <stdio.h>

#include "runtime/message.h"
#include "tools/trace/words.h"
#include "viz/phrase.h"
#include "viz/view.h"

enum { NAME_COLUMNS = 18, SHARE_COLUMNS = 9, TASKS_SHOWN = 4096 };

static const enum model_doing shown[] = {MODEL_RUNNING, MODEL_READY,
                                         MODEL_BLOCKED, MODEL_SLEEPING};
enum { SHOWN = sizeof shown / sizeof *shown };

static void find_stretch(const struct stage *stage, uint64_t *from,
                         uint64_t *to)
{
    uint64_t a = stage->marks[0].time, b = stage->marks[1].time;

    *from = stage->lanes.begin;
    *to = stage->lanes.end;
    if (!stage->marks[1].is_set)
        return;
    *from = a < b ? a : b;
    *to = a < b ? b : a;
}

static void draw_head(const struct stage *stage, struct grid *grid,
                      struct area area, uint64_t from, uint64_t to)
{
    const char *words[SHOWN] = {M("runs", "corre"), M("ready", "lista"),
                                M("blocked", "bloq."), M("sleeps", "duerme")};
    char text[64];

    words_time(&stage->model, to - from, text, sizeof text);
    grid_say(grid, area.row, 1, NAME_COLUMNS, LOOK_QUIET,
             stage->marks[1].is_set ? M("A to B: %s", "de A a B: %s")
                                    : M("all: %s", "todo: %s"),
             text);
    for (int i = 0; i < SHOWN; i++)
        grid_say(grid, area.row, 1 + NAME_COLUMNS + i * SHARE_COLUMNS,
                 SHARE_COLUMNS, LOOK_QUIET, "%8s", words[i]);
    grid_text(grid, area.row, 3 + NAME_COLUMNS + SHOWN * SHARE_COLUMNS,
              area.columns, LOOK_QUIET, M("longest wait", "espera más larga"));
}

static void draw_shares(const struct stage *stage, struct grid *grid, int row,
                        uint32_t task, uint64_t from, uint64_t to)
{
    static const enum look looks[SHOWN] = {LOOK_RUNNING, LOOK_READY,
                                           LOOK_BLOCKED, LOOK_SLEEPING};
    uint64_t shares[MODEL_DOINGS], lived = 0;

    lanes_shares(&stage->lanes, &stage->lanes.lanes[task], from, to, shares);
    for (int i = 0; i < SHOWN; i++)
        lived += shares[shown[i]];
    for (int i = 0; i < SHOWN && lived > 0; i++) {
        uint64_t tenths = (shares[shown[i]] * 1000 + lived / 2) / lived;

        grid_say(grid, row, 1 + NAME_COLUMNS + i * SHARE_COLUMNS, SHARE_COLUMNS,
                 tenths ? looks[i] : LOOK_QUIET,
                 M("%5" PRIu64 ".%u %%", "%5" PRIu64 ",%u %%"), tenths / 10,
                 (unsigned)(tenths % 10));
    }
}

static void draw_longest(const struct stage *stage, struct grid *grid, int row,
                         uint32_t task)
{
    const struct lane *lane = &stage->lanes.lanes[task];
    const struct span *span = &lane->spans[lane->longest];
    int column = 3 + NAME_COLUMNS + SHOWN * SHARE_COLUMNS;
    char time[64], what[300] = "";

    if (lane->longest == 0)
        return;
    words_time(&stage->model,
               lanes_end(&stage->lanes, lane, lane->longest) - span->begin,
               time, sizeof time);
    if (span->object)
        model_label(&stage->model, &stage->model.objects[span->object - 1],
                    what, sizeof what);
    grid_say(grid, row, column, grid->columns - column, LOOK_PLAIN, "%s %s",
             time, what);
}

void view_statistics(const struct stage *stage, struct grid *grid,
                     struct area area)
{
    static uint32_t tasks[TASKS_SHOWN];
    uint32_t count = stage_tasks(stage, tasks, TASKS_SHOWN);
    uint64_t from, to;
    char label[300];

    find_stretch(stage, &from, &to);
    draw_head(stage, grid, area, from, to);
    area = area_inside(area, 1, 0);
    for (int i = 0; i < area.rows; i++) {
        uint32_t at = (uint32_t)(i + stage->scroll);

        if (at >= count)
            break;
        model_task_label(&stage->model, tasks[at], label, sizeof label);
        grid_text(grid, area.row + i, 1, NAME_COLUMNS - 1, LOOK_PLAIN, label);
        if (tasks[at] == stage->selected)
            grid_reverse(grid, (struct area){area.row + i, 0, 1, NAME_COLUMNS});
        draw_shares(stage, grid, area.row + i, tasks[at], from, to);
        draw_longest(stage, grid, area.row + i, tasks[at]);
    }
}
