// view_charts.c - what the trace measured, drawn by gnuplot in letters
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/words.h"
#include "viz/charts.h"
#include "viz/view.h"

enum {
    TITLE_ROWS = 2,
    DRAWN_LEAST_ROWS = 7, // gnuplot needs so many, and so many
    DRAWN_LEAST_COLUMNS = 40
};

// ---- Above ------------------------------------------------------------------

static void draw_tabs(const struct stage *stage, struct grid *grid,
                      struct area area)
{
    const struct trace_chart_name *names = trace_chart_names;
    int column = 1;

    if (area.columns < 70) { // only the one that is shown
        grid_say(grid, area.row, 1, area.columns - 2, LOOK_STRONG,
                 "← %d/%d %s →", stage->chart + 1, TRACE_CHARTS,
                 M(names[stage->chart].english, names[stage->chart].spanish));
        return;
    }
    for (int i = 0; i < TRACE_CHARTS; i++) {
        int used = grid_say(grid, area.row, column, area.columns - column,
                            i == stage->chart ? LOOK_STRONG : LOOK_QUIET,
                            " %s ", M(names[i].english, names[i].spanish));

        if (i == stage->chart)
            grid_reverse(grid, (struct area){area.row, column, 1, used});
        column += used + 1;
    }
}

// What a queue or a process is chosen with.
static const char *choice_words(const struct stage *stage,
                                const struct chart_asked *asked, char *text,
                                size_t size)
{
    *text = '\0';
    if (asked->kind == CHART_FILL && stage->flows.count > 1)
        snprintf(text, size,
                 M("  %zu of %zu: ↑↓ another", "  %zu de %zu: ↑↓ otra"),
                 asked->flow + 1, stage->flows.count);
    else if (asked->kind == CHART_HEAP)
        snprintf(text, size, "%s",
                 M("  ↑↓ another process", "  ↑↓ otro proceso"));
    return text;
}

static void draw_stretch(const struct stage *stage, struct grid *grid,
                         struct area area, const struct chart_asked *asked,
                         const struct charts_seen *seen)
{
    char from[40], to[40], choice[80];
    uint64_t begin = stage->lanes.begin;

    words_time(&stage->model, asked->from - begin, from, sizeof from);
    words_time(&stage->model, asked->to - begin, to, sizeof to);
    choice_words(stage, asked, choice, sizeof choice);
    grid_say(
        grid, area.row, 1, area.columns - 1, LOOK_QUIET,
        stage->marks[1].is_set
            ? M("A to B: %s to %s%s%s", "de A a B: %s a %s%s%s")
            : M("the whole trace: %s to %s%s%s", "toda la traza: %s a %s%s%s"),
        from, to, choice,
        seen->title && seen->is_old ? M("  measuring…", "  midiendo…") : "");
}

// ---- The drawing ------------------------------------------------------------

static void draw_lines(struct grid *grid, struct area area, const char *text)
{
    char line[2048];

    for (int i = 0; i < area.rows && *text; i++) {
        size_t length = strcspn(text, "\n");

        snprintf(line, sizeof line, "%.*s",
                 (int)(length < sizeof line ? length : sizeof line - 1), text);
        grid_text(grid, area.row + i, area.column, area.columns, LOOK_PLAIN,
                  line);
        text += length + (text[length] == '\n');
    }
}

static void draw_seen(struct grid *grid, struct area area,
                      const struct charts_seen *seen, bool has_room)
{
    struct area title = {area.row, 1, has_room ? TITLE_ROWS : area.rows,
                         area.columns - 2};
    int used = 0;

    if (seen->title)
        used = grid_paragraph(grid, title, LOOK_STRONG, seen->title);
    area = area_inside(area, used, 0);
    area.column += 1;
    area.columns -= 2;
    if (seen->trouble)
        grid_paragraph(grid, area, LOOK_WARNING, seen->trouble);
    else if (seen->drawing && has_room)
        draw_lines(grid, area, seen->drawing);
    else if (!seen->title)
        grid_text(grid, area.row, area.column, area.columns, LOOK_QUIET,
                  M("measuring…", "midiendo…"));
}

void view_charts(const struct stage *stage, struct grid *grid, struct area area)
{
    struct chart_asked asked = charts_asked(stage);
    int rows = area.rows - 2 - TITLE_ROWS, columns = area.columns - 2;
    bool has_room = rows >= DRAWN_LEAST_ROWS && columns >= DRAWN_LEAST_COLUMNS;
    struct charts_seen seen;

    // The title says the result also where there is no room for a drawing.
    seen = charts_see(&asked, has_room ? rows : DRAWN_LEAST_ROWS,
                      has_room ? columns : DRAWN_LEAST_COLUMNS);
    draw_tabs(stage, grid, area);
    draw_stretch(stage, grid, area_inside(area, 1, 0), &asked, &seen);
    draw_seen(grid, area_inside(area, 2, 0), &seen, has_room);
}

// ---- Its keys ---------------------------------------------------------------

bool view_charts_turn(struct stage *stage, int by)
{
    stage->chart = (stage->chart + TRACE_CHARTS + by) % TRACE_CHARTS;
    stage->row = 0;
    return true;
}

bool view_charts_move(struct stage *stage, int by)
{
    int count = (int)stage->flows.count;

    if (stage->chart != CHART_FILL)
        return false;
    if (count > 0)
        stage->row = (stage->row + count + by) % count;
    return true;
}
