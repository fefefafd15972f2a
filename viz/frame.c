// frame.c - lays the screen out
#include <stdio.h>
#include <string.h>

#include "runtime/message.h"
#include "tools/trace/words.h"
#include "viz/frame.h"
#include "viz/help.h"
#include "viz/phrase.h"
#include "viz/play_keys.h"
#include "viz/play_stage.h"
#include "viz/view.h"

// ---- The line above ---------------------------------------------------------

static const char *source_words(const struct stage *stage)
{
    switch (stage->source) {
    case TRACE_SOURCE_PERF:
        return M("CPU: kernel", "CPU: núcleo");
    case TRACE_SOURCE_FALLBACK:
        return M("CPU: samples", "CPU: muestras");
    case TRACE_SOURCE_EXPLORER:
        return M("explored", "explorada");
    default:
        return M("CPU: unknown", "CPU: sin datos");
    }
}

// "paused", "playing 4x"
static const char *pace_words(const struct stage *stage, char *text,
                              size_t size)
{
    const char *what = stage->follows ? M("following", "siguiendo")
                       : stage->plays ? M("playing", "reproduce")
                                      : M("paused", "en pausa");

    if (stage->speed < 0)
        snprintf(text, size, "%s 1/%d×", what, 1 << -stage->speed);
    else if (stage->speed > 0 || stage->plays)
        snprintf(text, size, "%s %d×", what, 1 << stage->speed);
    else
        snprintf(text, size, "%s", what);
    return text;
}

static const char *file_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

// The longest one that fits.
static void draw_past_title(const struct play_stage *play, struct grid *grid,
                            int column)
{
    const struct stage *stage = play->stage;
    size_t moves = play_count(play->game->play);
    char text[3][120];

    snprintf(text[2], sizeof *text, "  %s", M("the past", "el pasado"));
    snprintf(text[1], sizeof *text,
             M("%s: move %zu of %zu", "%s: jugada %zu de %zu"), text[2],
             moves - play_stage_moves_behind(play), moves);
    snprintf(text[0], sizeof *text,
             M("%s, step %llu of %llu", "%s, paso %llu de %llu"), text[1],
             (unsigned long long)(stage->now - stage->lanes.begin),
             (unsigned long long)(stage->lanes.end - stage->lanes.begin));
    for (int i = 0; i < 3; i++)
        if (column + text_columns(text[i]) <= grid->columns) {
            grid_text(grid, 0, column, grid->columns - column, LOOK_WARNING,
                      text[i]);
            return;
        }
}

static void draw_game_title(const struct stage *stage, struct grid *grid)
{
    const struct play_stage *play = stage->play;
    const struct view *view = &views[stage->view];
    char text[120];
    int used = grid_say(grid, 0, 0, grid->columns, LOOK_TITLE, " %s · %s ",
                        play_stage_name(play), M(view->english, view->spanish));

    if (play->is_past)
        draw_past_title(play, grid, used);
    else
        grid_say(grid, 0, used, grid->columns - used, LOOK_STRONG, "  %s",
                 play_stage_words(play, text, sizeof text));
}

// Two spaces and the text, or nothing. Returns the columns it took.
static int draw_if_whole(struct grid *grid, int column, const char *text)
{
    if (column + 2 + text_columns(text) > grid->columns)
        return 0;
    return 2 + grid_text(grid, 0, column + 2, grid->columns, LOOK_QUIET, text);
}

static void draw_title(const struct stage *stage, struct grid *grid)
{
    const struct view *view = &views[stage->view];
    char now[40], end[40], pace[40];
    int used;

    words_time(&stage->model, stage->now - stage->lanes.begin, now, sizeof now);
    words_time(&stage->model, stage->lanes.end - stage->lanes.begin, end,
               sizeof end);
    used = grid_say(grid, 0, 0, grid->columns, LOOK_TITLE, " %s · %s ",
                    file_of(stage->path), M(view->english, view->spanish));
    used += grid_say(grid, 0, used, grid->columns - used, LOOK_QUIET,
                     " %s / %s", now, end);
    used += draw_if_whole(grid, used, source_words(stage));
    draw_if_whole(grid, used, pace_words(stage, pace, sizeof pace));
}

// ---- What is wrong so far: it stays -----------------------------------------

enum { TWO_ROWS_LEAST = 16 };

static size_t findings_so_far(const struct stage *stage)
{
    size_t count = 0;

    while (count < stage->findings.count &&
           stage->findings.all[count].begin <= stage->now)
        count++;
    return count;
}

// The one that ! went to, as long as it is there; else the latest one. From 1.
static size_t finding_shown(const struct stage *stage)
{
    size_t asked = stage->finding;

    if (asked > 0 && asked <= stage->findings.count &&
        stage->findings.all[asked - 1].event + 1 == stage->model.position)
        return asked;
    return findings_so_far(stage);
}

// "! 2/3 convoy: ...", of all that there are, as ! counts them.
static void findings_line(const struct stage *stage, char *text, size_t size)
{
    size_t shown = finding_shown(stage), count = stage->findings.count;
    int used = count > 1 ? snprintf(text, size, "! %zu/%zu ", shown, count)
                         : snprintf(text, size, "! ");

    findings_words(&stage->model, &stage->findings.all[shown - 1], text + used,
                   size - (size_t)used);
}

// Two rows where one is not enough. Returns how many it needs.
static int findings_rows(const struct stage *stage, const struct grid *grid)
{
    char text[LINE_BYTES * 2];

    if (finding_shown(stage) == 0)
        return 0;
    findings_line(stage, text, sizeof text);
    return text_columns(text) > grid->columns && grid->rows >= TWO_ROWS_LEAST
               ? 2
               : 1;
}

static void draw_findings(const struct stage *stage, struct grid *grid,
                          struct area area)
{
    char text[LINE_BYTES * 2];

    findings_line(stage, text, sizeof text);
    grid_paragraph(grid, area, LOOK_BAD, text);
}

// ---- The line below ---------------------------------------------------------

static void draw_prompt(const struct stage *stage, struct grid *grid, int row)
{
    const char *asks = stage->prompt == PROMPT_SEARCH
                           ? M("search: ", "buscar: ")
                       : stage->prompt == PROMPT_EXPORT &&
                               views[stage->view].draw == view_charts
                           ? M("chart into (.svg .png .gp .csv): ",
                               "gráfico en (.svg .png .gp .csv): ")
                       : stage->prompt == PROMPT_EXPORT
                           ? M("export to (.svg .json .csv .txt): ",
                               "exportar a (.svg .json .csv .txt): ")
                           : M("only tasks with: ", "solo tareas con: ");

    char text[200];

    if (*play_keys_prompt(stage, text, sizeof text))
        grid_text(grid, row, 0, grid->columns, LOOK_STRONG, text);
    else
        grid_say(grid, row, 0, grid->columns, LOOK_STRONG, "%s%s_", asks,
                 stage->line);
}

static void draw_marks_words(const struct stage *stage, struct grid *grid,
                             int row)
{
    bool has_b = stage->marks[1].is_set;
    uint64_t a = stage->marks[0].time;
    uint64_t b = has_b ? stage->marks[1].time : stage->now;
    char text[40], since[40];

    words_time(&stage->model, a - stage->lanes.begin, since, sizeof since);
    words_duration(&stage->model, a < b ? b - a : a - b, text, sizeof text);
    if (has_b)
        grid_say(grid, row, 0, grid->columns, LOOK_MARK,
                 M("A to B: %s", "de A a B: %s"), text);
    else
        grid_say(
            grid, row, 0, grid->columns, LOOK_MARK,
            M("A: %s; from there to now: %s", "A: %s; de ahí hasta ahora: %s"),
            since, text);
}

// What fits of the keys one needs most; the last two of them always.
static void draw_hints(struct grid *grid, int row)
{
    const char *hints[] = {M("space play", "espacio reproducir"),
                           M(". , step", ". , paso"),
                           M("←→ time", "←→ tiempo"),
                           M("↑↓ task", "↑↓ tarea"),
                           M("v view", "v vista"),
                           M("] blame", "] culpa"),
                           M("/ search", "/ buscar"),
                           M("? help", "? ayuda"),
                           M("q quit", "q salir")};
    enum { HINTS = sizeof hints / sizeof *hints };
    int room = grid->columns - text_columns(hints[HINTS - 1]) -
               text_columns(hints[HINTS - 2]) - 2;
    int column = 0;

    for (int i = 0; i < HINTS; i++) {
        int wide = text_columns(hints[i]) + 2;

        if (i < HINTS - 2 && column + wide > room)
            continue;
        grid_text(grid, row, column, grid->columns - column, LOOK_QUIET,
                  hints[i]);
        column += wide;
    }
}

// What was said of the latest command stands in the play view.
static void draw_last_of_game(const struct stage *stage, struct grid *grid,
                              int row)
{
    const struct game *game = stage->play->game;

    if (game->said_count && !view_plays(stage->view) && !stage->play->is_past)
        grid_text(grid, row, 0, grid->columns, LOOK_WARNING,
                  game->said[0].text);
    else
        grid_text(
            grid, row, 0, grid->columns, LOOK_QUIET,
            M("0-9 thread  u undo  h hint  f finish  , . time  v view  "
              "? help  q quit",
              "0-9 hilo  u deshacer  h pista  f final  , . tiempo  v vista  "
              "? ayuda  q salir"));
}

static void draw_last(const struct stage *stage, struct grid *grid)
{
    int row = grid->rows - 1;

    if (stage->prompt != NO_PROMPT &&
        !(stage->prompt == PROMPT_EXPORT && *stage->message))
        draw_prompt(stage, grid, row);
    else if (!*stage->message && stage->play)
        draw_last_of_game(stage, grid, row);
    else if (*stage->message)
        grid_text(grid, row, 0, grid->columns, LOOK_WARNING, stage->message);
    else if (stage->marks[0].is_set)
        draw_marks_words(stage, grid, row);
    else
        draw_hints(grid, row);
}

// ---- What happens, and what the selected task does --------------------------

// A rule, the event, and the task: two rows, or up to four where it says more
// and there is room; on screens of so many rows.
enum {
    DETAIL_ROWS = 2, // without those of the task
    DETAIL_LEAST = 12,
    TASK_ROWS = 2,
    TASK_MOST = 4,
    TASK_MOST_LEAST = 20, // rows of the screen
    BREAK_COLUMNS = 12    // that a row may lose where a word did not fit
};

static enum look look_of_event(const struct stage *stage)
{
    const struct model *model = &stage->model;
    const struct trace_record *record =
        reader_event(model->reader, model->position - 1);

    return trace_kind_of(TRACE_KIND(record->last))->effect == TRACE_WAITS
               ? LOOK_BLOCKED
               : LOOK_PLAIN;
}

// "; GIL (inferred): python3#2 has it"
static void add_baton(const struct stage *stage, char *text, size_t size)
{
    const struct baton *baton;
    uint32_t holder = stage_blocker(stage, stage->selected, &baton);
    size_t used = strlen(text);
    char who[300];

    if (baton)
        snprintf(text + used, size - used,
                 M("; %s: %s has it", "; %s: lo tiene %s"), baton_name(baton),
                 model_task_label(&stage->model, holder, who, sizeof who));
}

static void draw_event(const struct stage *stage, struct grid *grid, int row,
                       int columns)
{
    const struct model *model = &stage->model;
    char text[LINE_BYTES * 4];

    grid_say(grid, row, 0, 12, LOOK_QUIET, " #%zu", model->position);
    if (model->position == 0) {
        grid_text(grid, row, 12, columns - 12, LOOK_QUIET,
                  M("before the first event", "antes del primer evento"));
        return;
    }
    phrase_event(model, model->position - 1, text, sizeof text);
    grid_text(grid, row, 12, columns - 12, look_of_event(stage), text);
}

// What the selected task does; "" where there is none.
static void task_words(const struct stage *stage, char *text, size_t size)
{
    *text = '\0';
    if (!stage->selected)
        return;
    phrase_task(&stage->model, stage->selected, stage->now, text, size);
    add_baton(stage, text, size);
}

static int task_rows(const struct stage *stage, const struct grid *grid)
{
    char text[LINE_BYTES * 4];
    int rows;

    if (grid->rows < TASK_MOST_LEAST || grid->columns < 4 * BREAK_COLUMNS)
        return TASK_ROWS;
    task_words(stage, text, sizeof text);
    rows = 1 + text_columns(text) / (grid->columns - BREAK_COLUMNS);
    return rows < TASK_ROWS ? TASK_ROWS : rows > TASK_MOST ? TASK_MOST : rows;
}

static void draw_task(const struct stage *stage, struct grid *grid,
                      struct area area)
{
    char text[LINE_BYTES * 4];

    task_words(stage, text, sizeof text);
    area.column = 1;
    area.columns -= 1;
    grid_paragraph(grid, area, LOOK_STRONG, text);
}

static void draw_details(const struct stage *stage, struct grid *grid,
                         struct area area)
{
    for (int i = 0; i < area.columns; i++)
        grid_put(grid, area.row, i, glyph(SIGN_RULE), LOOK_QUIET);
    draw_event(stage, grid, area.row + 1, area.columns);
    draw_task(stage, grid, area_inside(area, 2, 0));
}

// ---- The same where there is hardly room ------------------------------------

// Two rows of the task, on screens of so many rows; what is wrong and the event
// where the view leaves some free.
enum { SMALL_LEAST = 8, SMALL_ROWS = 2 };

static bool is_blank(const struct grid *grid, int row)
{
    for (int i = 0; i < grid->columns; i++) {
        uint32_t character = grid->cells[row * grid->columns + i].character;

        if (character && character != ' ')
            return false;
    }
    return true;
}

// The rows at the end of the area in which nothing stands.
static int rows_free(const struct grid *grid, struct area area)
{
    int count = 0;

    while (count < area.rows &&
           is_blank(grid, area.row + area.rows - 1 - count))
        count++;
    return count;
}

static void draw_small(const struct stage *stage, struct grid *grid,
                       struct area view)
{
    int rows = rows_free(grid, view), used = 0;
    struct area area = {view.row + view.rows - rows, 0, rows + SMALL_ROWS,
                        grid->columns};

    if (rows > 0 && findings_so_far(stage) > 0) {
        used = rows > 2 ? 2 : 1;
        draw_findings(stage, grid,
                      (struct area){area.row, 0, used, grid->columns});
        area = area_inside(area, used, 0);
    }
    if (rows - used > 1) {
        draw_event(stage, grid, area.row, grid->columns);
        area = area_inside(area, 1, 0);
    }
    draw_task(stage, grid, area);
}

// ---- Pages instead of a view ------------------------------------------------

// Lines cut where the row ends, so that nothing is between the parts. Returns
// the rows it took.
static int draw_whole(struct grid *grid, struct area area, const char *text)
{
    char row[1024];
    int i = 0;

    for (; *text && i < area.rows; i++) {
        size_t bytes = strcspn(text, "\n"), most = sizeof row - 1;

        most = (size_t)area.columns < most ? (size_t)area.columns : most;
        bytes = bytes < most ? bytes : most;
        snprintf(row, sizeof row, "%.*s", (int)bytes, text);
        grid_text(grid, area.row + i, area.column, area.columns, LOOK_PLAIN,
                  row);
        text += bytes;
        text += *text == '\n';
    }
    return i;
}

// The schedule so far, to be copied.
static void draw_schedule(const struct stage *stage, struct grid *grid)
{
    const struct game *game = stage->play->game;
    struct area area = {2, 0, grid->rows - 2, grid->columns};

    grid_text(
        grid, 0, 0, grid->columns, LOOK_TITLE,
        M(" The schedule so far (any key goes on; it is said again at the "
          "end) ",
          " El plan hasta aquí (cualquier tecla sigue; al salir se "
          "repite) "));
    for (size_t i = 0; i < game->said_count && area.rows > 0; i++)
        area = area_inside(area, 1 + draw_whole(grid, area, game->said[i].text),
                           0);
}

// A page instead of a view. False: there is none.
static bool draw_page(const struct stage *stage, struct grid *grid)
{
    if (stage->helps)
        help_draw(stage, grid);
    else if (stage->play && stage->play->shows_schedule)
        draw_schedule(stage, grid);
    else
        return false;
    return true;
}

// Rows below the view: the rule and what happens, the warnings, the last line.
static int draw_below(const struct stage *stage, struct grid *grid)
{
    struct area all = {0, 0, grid->rows, grid->columns};
    int below = 1, rows;

    if (!view_plays(stage->view)) {
        below += DETAIL_ROWS + task_rows(stage, grid);
        draw_details(stage, grid, area_inside(all, grid->rows - below, 1));
    }
    rows = findings_rows(stage, grid);
    below += rows;
    if (rows > 0)
        draw_findings(
            stage, grid,
            (struct area){grid->rows - below, 0, rows, grid->columns});
    return below;
}

static void draw_all(const struct stage *stage, struct grid *grid)
{
    struct area all = {0, 0, grid->rows, grid->columns};
    bool is_small = grid->rows < DETAIL_LEAST && grid->rows >= SMALL_LEAST &&
                    !view_plays(stage->view);
    int below = is_small ? 1 + SMALL_ROWS : 1;

    grid_wipe(grid);
    if (draw_page(stage, grid))
        return;
    if (stage->play)
        draw_game_title(stage, grid);
    else
        draw_title(stage, grid);
    if (grid->rows >= DETAIL_LEAST)
        below = draw_below(stage, grid);
    all = area_inside(all, 1, below);
    views[stage->view].draw(stage, grid, all);
    if (is_small)
        draw_small(stage, grid, all);
    draw_last(stage, grid);
}

// The large layout, on screens of so many rows.
enum { LARGE_LEAST = 20 };

void frame_draw(const struct stage *stage, struct grid *grid)
{
    static struct grid half; // kept: a frame allocates nothing

    if (!stage->large || stage->helps || grid->rows < LARGE_LEAST ||
        !grid_size(&half, grid->rows / 2, grid->columns)) {
        draw_all(stage, grid);
        return;
    }
    draw_all(stage, &half);
    grid_spread(grid, &half);
}
