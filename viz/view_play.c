// view_play.c - the game: where each thread stands and what it is about to do,
// the source of the selected one, what they share, what may happen, the goal
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "viz/play_stage.h"
#include "viz/view.h"

enum {
    FAR_BELOW = 1 << 20, // a row that no grid has: to measure only
    WIDE_LEAST = 115,    // columns for the source beside the rest
    SOURCE_LEAST = 4,    // rows, with its head
    SAID_MOST = 6,
    SMALL = 12, // rows
    TEXT = 1024
};

// What is drawn, from top to bottom.
enum block_name {
    BLOCK_GOAL,
    BLOCK_THREADS,
    BLOCK_CHANCES,
    BLOCK_SOURCE,
    BLOCK_VALUES,
    BLOCK_LOCKS,
    BLOCK_OUTPUT,
    BLOCK_STEPS,
    BLOCK_SAID,
    BLOCKS
};

// A block draws itself into the area and returns the rows that it took.
typedef int draw_block(const struct stage *stage, struct grid *grid,
                       struct area area);

// ---- The goal ----------------------- ---------------------------------------

static int draw_goal(const struct stage *stage, struct grid *grid,
                     struct area area)
{
    const struct game *game = stage->play->game;
    bool reached = game->was_reached && !stage->play->is_past;
    char text[TEXT];

    snprintf(text, sizeof text,
             reached ? M("Goal reached: %s.", "Meta lograda: %s.")
                     : M("Goal: %s.", "Meta: %s."),
             goal_words(&game->goal));
    return grid_paragraph(grid, area, reached ? LOOK_GOOD : LOOK_STRONG, text);
}

// ---- Threads ----------------------------------------------------------------

static enum look look_of(const struct scene_thread *thread)
{
    if (thread->has_failed)
        return LOOK_BAD;
    if (thread->can_go)
        return LOOK_PLAIN;
    return thread->waits ? LOOK_BLOCKED : LOOK_QUIET;
}

static int draw_thread(const struct stage *stage, struct grid *grid,
                       struct area area, const struct scene_thread *thread)
{
    enum look look = look_of(thread);
    char text[TEXT];
    int rows;

    snprintf(text, sizeof text, "%s: %s", thread->name, thread->stands);
    if (thread->line)
        snprintf(text + strlen(text), sizeof text - strlen(text), " (%s:%d)",
                 thread->file, thread->line);
    grid_say(grid, area.row, area.column, 4,
             thread->can_go ? LOOK_STRONG : look, "%3d ", thread->number);
    if (thread->number == play_stage_selected(stage->play))
        grid_reverse(grid, (struct area){area.row, area.column, 1, 4});
    area.column += 5;
    area.columns -= 5;
    rows = grid_paragraph(grid, area, look, text);
    return rows;
}

// "ended: 1, 2" of those that draw_each leaves out.
static int draw_numbers(const struct stage *stage, struct grid *grid,
                        struct area area, bool waiting)
{
    const struct play_scene *scene = &stage->play->scene;
    char text[TEXT];
    int count = 0;

    snprintf(text, sizeof text, "%s",
             waiting ? M("waiting: ", "esperan: ")
                     : M("ended: ", "terminaron: "));
    for (size_t i = 0; i < scene->thread_count; i++) {
        const struct scene_thread *thread = &scene->threads[i];
        bool is_one =
            waiting ? thread->waits && !thread->has_ended : thread->has_ended;

        if (is_one)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%d",
                     count++ ? ", " : "", thread->number);
    }
    if (count == 0)
        return 0;
    area.column += 5;
    area.columns -= 5;
    return grid_paragraph(grid, area, waiting ? LOOK_BLOCKED : LOOK_QUIET,
                          text);
}

static bool is_left_out(const struct stage *stage,
                        const struct scene_thread *thread, bool folded)
{
    return thread->has_ended ||
           (folded && thread->waits &&
            thread->number != play_stage_selected(stage->play));
}

static struct area to_measure(struct area area)
{
    return (struct area){FAR_BELOW, area.column, FAR_BELOW, area.columns};
}

// Those from number first on.
static int draw_from(const struct stage *stage, struct grid *grid,
                     struct area area, bool folded, size_t first)
{
    const struct play_scene *scene = &stage->play->scene;
    int begin = area.row;

    for (size_t i = first; i < scene->thread_count; i++) {
        if (is_left_out(stage, &scene->threads[i], folded))
            continue;
        if (area.rows > 0)
            area = area_inside(
                area, draw_thread(stage, grid, area, &scene->threads[i]), 0);
    }
    return area.row - begin;
}

static int draw_sums(const struct stage *stage, struct grid *grid,
                     struct area area, bool folded)
{
    int begin = area.row;

    if (folded && area.rows > 0)
        area = area_inside(area, draw_numbers(stage, grid, area, true), 0);
    if (area.rows > 0)
        area = area_inside(area, draw_numbers(stage, grid, area, false), 0);
    return area.row - begin;
}

static int draw_each(const struct stage *stage, struct grid *grid,
                     struct area area, bool folded)
{
    int rows = draw_from(stage, grid, area, folded, 0);

    return rows + draw_sums(stage, grid, area_inside(area, rows, 0), folded);
}

// Too many for the rows: those around the selected one.
static int draw_some(const struct stage *stage, struct grid *grid,
                     struct area area)
{
    int selected = play_stage_selected(stage->play);
    size_t rows = (size_t)area.rows - 1, first = 0;

    if (selected >= 0 && (size_t)selected + 1 > rows)
        first = (size_t)selected + 1 - rows;
    draw_from(stage, grid, area_inside(area, 0, 1), true, first);
    area = area_inside(area, area.rows - 1, 0);
    grid_text(grid, area.row, area.column + 5, area.columns - 5, LOOK_QUIET,
              M("arrows: the other threads", "flechas: los demás hilos"));
    return (int)rows + 1;
}

// Where there is no room for all, those who wait are only counted up; where
// there is still none, only some are shown.
static int draw_threads(const struct stage *stage, struct grid *grid,
                        struct area area)
{
    for (int folded = 0; folded < 2; folded++)
        if (draw_each(stage, grid, to_measure(area), folded) <= area.rows)
            return draw_each(stage, grid, area, folded);
    return draw_some(stage, grid, area);
}

// ---- Source -----------------------------------------------------------------

// The numbers of those who stand at that line.
static void say_who(const struct play_scene *scene, const char *path, int line,
                    char *text, size_t size)
{
    *text = '\0';
    for (size_t i = 0; i < scene->thread_count; i++) {
        const struct scene_thread *thread = &scene->threads[i];

        if (thread->line == line && thread->path &&
            strcmp(thread->path, path) == 0)
            snprintf(text + strlen(text), size - strlen(text), "%s%d",
                     *text ? "," : "", thread->number);
    }
}

// Tabs become four columns.
static void without_tabs(const char *line, char *text, size_t size)
{
    size_t n = 0;

    for (; *line && n + 5 < size; line++)
        if (*line == '\t')
            do
                text[n++] = ' ';
            while (n % 4);
        else
            text[n++] = *line;
    text[n] = '\0';
}

static void draw_line(const struct stage *stage, struct grid *grid,
                      struct area area, const struct scene_source *source,
                      int line, bool is_here)
{
    char who[64], text[TEXT];

    say_who(&stage->play->scene, source->path, line, who, sizeof who);
    without_tabs(source->lines[line - 1], text, sizeof text);
    grid_say(grid, area.row, area.column, 6, LOOK_STRONG, "%5s", who);
    if (*who)
        grid_put(grid, area.row, area.column + 5, glyph(SIGN_HERE),
                 LOOK_STRONG);
    grid_say(grid, area.row, area.column + 7, 5, LOOK_QUIET, "%4d", line);
    grid_text(grid, area.row, area.column + 13, area.columns - 13,
              is_here ? LOOK_STRONG : LOOK_PLAIN, text);
}

static void draw_lines(const struct stage *stage, struct grid *grid,
                       struct area area, const struct scene_source *source,
                       int here)
{
    int first = here - area.rows / 2;

    if (first + area.rows > source->count + 1)
        first = source->count + 1 - area.rows;
    if (first < 1)
        first = 1;
    for (int i = 0; i < area.rows && first + i <= source->count; i++)
        draw_line(stage, grid,
                  (struct area){area.row + i, area.column, 1, area.columns},
                  source, first + i, first + i == here);
}

static int draw_head(const struct scene_thread *thread, struct grid *grid,
                     struct area area)
{
    int used;

    for (int i = 0; i < area.columns; i++)
        grid_put(grid, area.row, area.column + i, glyph(SIGN_RULE), LOOK_QUIET);
    used = grid_say(grid, area.row, area.column + 2, area.columns - 4,
                    LOOK_TITLE, " %s ", thread->name);
    if (thread->file)
        grid_say(grid, area.row, area.column + 2 + used,
                 area.columns - 4 - used, LOOK_QUIET, "%s:%d ", thread->file,
                 thread->line);
    return 1;
}

// As many lines around where the selected thread stands as there is room for.
static int draw_source(const struct stage *stage, struct grid *grid,
                       struct area area)
{
    const struct play_scene *scene = &stage->play->scene;
    const struct scene_thread *thread =
        play_scene_thread(scene, play_stage_selected(stage->play));
    const struct scene_source *source =
        thread ? play_scene_source(scene, thread->path) : NULL;
    struct area below = area_inside(area, 1, 0);

    if (!thread || area.row == FAR_BELOW)
        return thread ? SOURCE_LEAST : 0;
    draw_head(thread, grid, area);
    if (source && thread->line <= source->count)
        draw_lines(stage, grid, below, source, thread->line);
    else
        grid_text(grid, below.row, area.column + 5, area.columns - 5,
                  LOOK_QUIET,
                  thread->has_ended
                      ? M("this thread has ended", "este hilo terminó")
                      : M("its source is not known", "no se conoce su código"));
    return area.rows;
}

// ---- Notes ------------------------------------------------------------------

static int draw_note(struct grid *grid, struct area area,
                     const struct scene_note *note)
{
    int used = 1;

    if (*note->mark)
        used = 1 + grid_say(grid, area.row, area.column + 1, area.columns,
                            LOOK_STRONG, " %s  ", note->mark);
    area.column += used;
    area.columns -= used;
    return grid_paragraph(grid, area, note->look, note->text);
}

// In the row above the area: for so many there was no room.
static void say_more(struct grid *grid, struct area area, size_t count)
{
    char text[40];
    int wide;

    if (count == 0)
        return;
    snprintf(text, sizeof text, M("… + %zu more", "… + %zu más"), count);
    wide = text_columns(text);
    grid_text(grid, area.row - 1, area.column + area.columns - wide, wide,
              LOOK_QUIET, text);
}

static int draw_notes(const struct stage *stage, struct grid *grid,
                      struct area area, enum scene_part part)
{
    const struct play_scene *scene = &stage->play->scene;
    size_t count = scene->parts[part].count, i = 0;
    int begin = area.row;

    for (; i < count && area.rows > 0; i++)
        area = area_inside(
            area, draw_note(grid, area, &scene->parts[part].notes[i]), 0);
    say_more(grid, area, count - i);
    return area.row - begin;
}

static int draw_chances(const struct stage *stage, struct grid *grid,
                        struct area area)
{
    return draw_notes(stage, grid, area, SCENE_CHANCES);
}

// Short ones share a row.
static int draw_values(const struct stage *stage, struct grid *grid,
                       struct area area)
{
    const struct play_scene *scene = &stage->play->scene;
    size_t count = scene->parts[SCENE_VALUES].count;
    int begin = area.row, column = 1;

    for (size_t i = 0; i < count; i++) {
        const char *text = scene->parts[SCENE_VALUES].notes[i].text;
        int wide = text_columns(text) + 3;

        if (column > 1 && column + wide > area.columns) {
            area = area_inside(area, 1, 0);
            column = 1;
        }
        if (area.rows == 0) {
            say_more(grid, area, count - i);
            return area.row - begin;
        }
        grid_text(grid, area.row, area.column + column, area.columns - column,
                  LOOK_PLAIN, text);
        column += wide;
    }
    return area.row - begin + (column > 1);
}

static int draw_locks(const struct stage *stage, struct grid *grid,
                      struct area area)
{
    return draw_notes(stage, grid, area, SCENE_LOCKS);
}

static int draw_output(const struct stage *stage, struct grid *grid,
                       struct area area)
{
    const char *head = M("output", "salida");
    int rows, wide = text_columns(head) + 2;

    if (stage->play->scene.parts[SCENE_OUTPUT].count == 0)
        return 0;
    grid_text(grid, area.row, area.column + 1, wide, LOOK_QUIET, head);
    area.column += wide;
    area.columns -= wide;
    rows = draw_notes(stage, grid, area, SCENE_OUTPUT);
    return rows;
}

// The last of them, as many as there is room for.
static int draw_steps(const struct stage *stage, struct grid *grid,
                      struct area area)
{
    const struct play_scene *scene = &stage->play->scene;
    int count = (int)scene->parts[SCENE_STEPS].count;
    int rows = count < area.rows ? count : area.rows;

    for (int i = 0; i < rows && area.row != FAR_BELOW; i++)
        grid_say(grid, area.row + i, area.column, area.columns, LOOK_QUIET,
                 "%c %s", i + 1 == rows ? '>' : ' ',
                 scene->parts[SCENE_STEPS].notes[count - rows + i].text);
    return rows;
}

static int draw_past(const struct stage *stage, struct grid *grid,
                     struct area area)
{
    size_t moves = play_stage_moves_behind(stage->play);
    char text[TEXT];

    snprintf(text, sizeof text,
             moves == 1
                 ? M("This is the past: %zu move came after it. A move from "
                     "here takes it back; G returns to the present.",
                     "Este es el pasado: después vino %zu jugada. Una jugada "
                     "desde aquí la deshace; G vuelve al presente.")
                 : M("This is the past: %zu moves came after it. A move from "
                     "here takes them back; G returns to the present.",
                     "Este es el pasado: después vinieron %zu jugadas. Una "
                     "jugada desde aquí las deshace; G vuelve al presente."),
             moves);
    return grid_paragraph(grid, area, LOOK_WARNING, text);
}

static int draw_said(const struct stage *stage, struct grid *grid,
                     struct area area)
{
    if (stage->play->is_past)
        return draw_past(stage, grid, area);
    return draw_notes(stage, grid, area, SCENE_SAID);
}

// ---- All of it --------------------------------------------------------------

static draw_block *const blocks[BLOCKS] = {
    [BLOCK_GOAL] = draw_goal,       [BLOCK_THREADS] = draw_threads,
    [BLOCK_CHANCES] = draw_chances, [BLOCK_SOURCE] = draw_source,
    [BLOCK_VALUES] = draw_values,   [BLOCK_LOCKS] = draw_locks,
    [BLOCK_OUTPUT] = draw_output,   [BLOCK_STEPS] = draw_steps,
    [BLOCK_SAID] = draw_said,
};

// Who gets rows first, and how many at most.
static const struct {
    enum block_name block;
    int most;
} claims[] = {
    {BLOCK_SAID, SAID_MOST},
    {BLOCK_GOAL, 2},
    {BLOCK_THREADS, 1000},
    {BLOCK_CHANCES, 8},
    {BLOCK_SOURCE, SOURCE_LEAST},
    {BLOCK_VALUES, 6},
    {BLOCK_LOCKS, 8},
    {BLOCK_OUTPUT, 3},
    {BLOCK_STEPS, 1},
};

// Rows that it would take; threads, who can be folded, where limit is too few.
static int wanted_by(enum block_name block, const struct stage *stage,
                     struct grid *grid, struct area area, int limit)
{
    int wanted = blocks[block](stage, grid, to_measure(area));

    if (block == BLOCK_THREADS && wanted > limit)
        wanted = draw_each(stage, grid, to_measure(area), true);
    return wanted;
}

// Threads leave a third to others; the latest news leave half to the threads.
static int limit_of(enum block_name block, struct area area, int rest)
{
    if (block == BLOCK_SAID)
        return area.rows / 2;
    if (block == BLOCK_GOAL)
        return area.rows < SMALL ? 1 : 2;
    if (block == BLOCK_THREADS && area.rows >= SMALL)
        return rest - rest / 3;
    return rest;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

// The source leaves a row to whoever has something to say and none.
static int row_of_source(int rows[BLOCKS], int wanted)
{
    if (wanted == 0 || rows[BLOCK_SOURCE] <= SOURCE_LEAST / 2)
        return 0;
    rows[BLOCK_SOURCE]--;
    return 1;
}

// What is left goes to the source; where that stands beside, to the story.
static void share_rows(const struct stage *stage, struct grid *grid,
                       struct area area, bool has_source, int rows[BLOCKS])
{
    int rest = area.rows;

    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
        enum block_name block = claims[i].block;
        int limit = limit_of(block, area, rest);
        int wanted = wanted_by(block, stage, grid, area, limit);

        wanted = least(wanted, claims[i].most);
        if (block == BLOCK_SOURCE && (wanted > rest || !has_source))
            wanted = 0;
        if (rest == 0 && block != BLOCK_STEPS)
            limit = rest = row_of_source(rows, wanted);
        rows[block] = least(least(wanted, limit), rest);
        rest -= rows[block];
    }
    rows[rows[BLOCK_SOURCE] > 0 ? BLOCK_SOURCE : BLOCK_STEPS] += rest;
}

static void draw_blocks(const struct stage *stage, struct grid *grid,
                        struct area area, bool has_source)
{
    int rows[BLOCKS] = {0};

    share_rows(stage, grid, area, has_source, rows);
    for (int i = 0; i < BLOCKS; i++) {
        struct area part = area;

        part.rows = rows[i];
        if (rows[i] > 0)
            blocks[i](stage, grid, part);
        area = area_inside(area, rows[i], 0);
    }
}

void view_play(const struct stage *stage, struct grid *grid, struct area area)
{
    struct area left = area, right = area;
    bool is_wide = area.columns >= WIDE_LEAST;

    if (!stage->play)
        return;
    if (is_wide) {
        left.columns = area.columns * 2 / 5 - 1;
        right.column = area.columns * 2 / 5;
        right.columns = area.columns - right.column;
        draw_source(stage, grid, right);
    }
    draw_blocks(stage, grid, left, !is_wide);
}
