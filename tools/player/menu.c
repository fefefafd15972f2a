// menu.c - the course: its lessons, how far each is, the score of its lab
#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/terminal.h"
#include "tools/course/wrap.h"
#include "tools/player/find.h"
#include "tools/player/lesson.h"
#include "tools/player/menu.h"
#include "tools/player/progress.h"
#include "tools/player/screen.h"
#include "tools/player/stop.h"

enum state { NOT_BEGUN, AT_STEP, DONE, UNREADABLE };

struct row {
    char *name;  // "02_pipes"
    char *title; // without its number
    enum state state;
    size_t step, steps; // the next one, of how many
    char lab[32];       // its score, or "" without a lab
};

struct menu {
    struct row *rows;
    size_t count;
};

// ---- What there is ----------------------------------------------------------

// "02 · Pipes" without what stands before the name.
static const char *without_number(const char *title)
{
    const char *at = title;

    while (isdigit((unsigned char)*at) || *at == ' ')
        at++;
    if (strncmp(at, "·", strlen("·")) == 0)
        at += strlen("·");
    at += strspn(at, " -.");
    return *at ? at : title;
}

static void read_progress(struct row *row, const struct lesson *lesson)
{
    struct progress progress;
    char notice[512];

    row->steps = lesson->step_count - 1;
    if (progress_open(row->name, false, &progress, notice, sizeof notice) ==
        PROGRESS_FAILED)
        return;
    row->step = progress_next(&progress, lesson);
    row->state = row->step == 0              ? DONE
                 : progress_begun(&progress) ? AT_STEP
                                             : NOT_BEGUN;
    progress_close(&progress);
}

static void read_lesson(struct row *row)
{
    char *path = course_path("lessons/%s/lesson.%s.md", row->name, lang_name());
    struct lesson lesson;
    char error[512];

    if (lesson_read(path, &lesson, error, sizeof error)) {
        row->title = MUST(strdup(without_number(lesson.steps[0].title)));
        read_progress(row, &lesson);
        lesson_free(&lesson);
    } else {
        row->title = MUST(strdup(row->name + 3));
        row->state = UNREADABLE;
    }
    free(path);
}

// The score that the grader left, "-" while there is none.
static void read_lab(struct row *row)
{
    char *folder = course_path("labs/%s", row->name);
    char *path = course_state_path("labs/%s.json", row->name);
    json_t *tree = json_load_file(path, 0, NULL);
    json_t *earned = json_object_get(tree, "earned");
    json_t *points = json_object_get(tree, "points");

    if (json_is_number(earned) && json_is_number(points))
        snprintf(row->lab, sizeof row->lab, "%g/%g", json_number_value(earned),
                 json_number_value(points));
    else if (access(folder, F_OK) == 0)
        strcpy(row->lab, "-");
    json_decref(tree);
    free(path);
    free(folder);
}

static struct menu read_menu(void)
{
    char **names;
    struct menu menu = {.count = course_list("lessons", &names)};

    menu.rows = MUST(calloc(menu.count + 1, sizeof *menu.rows));
    for (size_t i = 0; i < menu.count; i++) {
        menu.rows[i].name = names[i];
        read_lesson(&menu.rows[i]);
        read_lab(&menu.rows[i]);
    }
    free(names);
    return menu;
}

static void free_menu(struct menu *menu)
{
    for (size_t i = 0; i < menu->count; i++) {
        free(menu->rows[i].name);
        free(menu->rows[i].title);
    }
    free(menu->rows);
}

// What was begun comes before what was not; NULL when everything is done.
static const struct row *next_row(const struct menu *menu)
{
    for (int state = AT_STEP; state >= NOT_BEGUN; state--)
        for (size_t i = 0; i < menu->count; i++)
            if (menu->rows[i].state == (enum state)state)
                return &menu->rows[i];
    return NULL;
}

// ---- What it looks like -----------------------------------------------------

static int columns_of(const char *text)
{
    return wrap_columns(text, strlen(text));
}

// Fills up with spaces to so many columns; what is longer stays whole.
static void put_padded(FILE *out, const char *text, int columns)
{
    int gap = columns - columns_of(text);

    fprintf(out, "%s%*s", text, gap > 0 ? gap : 0, "");
}

enum { NUMBER_COLUMNS = 8, STATE_COLUMNS = 19, LAB_COLUMNS = 11 };

// The column of titles: as wide as the widest, as long as a row fits a line.
static int title_columns(const struct menu *menu)
{
    int room = screen_measure() - NUMBER_COLUMNS - STATE_COLUMNS - LAB_COLUMNS;
    int widest = 0;

    for (size_t i = 0; i < menu->count; i++)
        if (columns_of(menu->rows[i].title) > widest)
            widest = columns_of(menu->rows[i].title);
    return widest + 2 < room ? widest + 2 : room;
}

// The title, cut with dots where the column is too narrow for it.
static void put_title(FILE *out, const char *title, int width)
{
    if (columns_of(title) <= width - 2)
        put_padded(out, title, width);
    else
        fprintf(out, "%.*s...  ", (int)wrap_fit(title, width - 5), title);
}

static void spell_state(const struct row *row, char *text, size_t size)
{
    if (row->state == AT_STEP)
        snprintf(text, size, M("at step %zu of %zu", "en el paso %zu de %zu"),
                 row->step, row->steps);
    else if (row->state == DONE)
        snprintf(text, size, "%s", M("done", "hecha"));
    else if (row->state == NOT_BEGUN)
        snprintf(text, size, M("%zu steps", "%zu pasos"), row->steps);
    else
        snprintf(text, size, "%s", M("cannot be read", "no se puede leer"));
}

static enum meaning look_of(const struct row *row)
{
    static const enum meaning looks[] = {[NOT_BEGUN] = QUIET,
                                         [AT_STEP] = WARNING,
                                         [DONE] = GOOD,
                                         [UNREADABLE] = BAD};

    return looks[row->state];
}

static const char *sign_of(const struct row *row, const struct row *next)
{
    if (row == next)
        return ">";
    return row->state == DONE ? "*" : " ";
}

static void put_row(FILE *out, const struct row *row, const struct row *next,
                    int width)
{
    char state[64];

    spell_state(row, state, sizeof state);
    fprintf(out, "  %s %s%.2s%s  %s", sign_of(row, next), style(TITLE),
            row->name, style(PLAIN_TEXT),
            style(row == next ? STRONG : PLAIN_TEXT));
    put_title(out, row->title, width);
    fprintf(out, "%s%s", style(PLAIN_TEXT), style(look_of(row)));
    put_padded(out, state, *row->lab ? STATE_COLUMNS : 0);
    fprintf(out, "%s", style(PLAIN_TEXT));
    if (*row->lab)
        fprintf(out, "lab %s", row->lab);
    fputs(screen.large ? "\n\n" : "\n", out);
}

static void put_next(FILE *out, const struct row *next)
{
    if (!next)
        fprintf(out, "%s\n",
                M("Every lesson is done. The labs: ./telar check",
                  "Todas las lecciones están hechas. Los "
                  "laboratorios: ./telar check"));
    else if (next->state == AT_STEP)
        fprintf(out,
                M("Next: %s, step %zu:\n    ./telar lesson %.2s\n",
                  "Sigue: %s, paso %zu:\n    ./telar lesson %.2s\n"),
                next->title, next->step, next->name);
    else
        fprintf(out,
                M("Next: %s:\n    ./telar lesson %.2s\n",
                  "Sigue: %s:\n    ./telar lesson %.2s\n"),
                next->title, next->name);
}

static void show_map(const struct menu *menu)
{
    const struct row *next = next_row(menu);
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    fprintf(out, "\n  %sTelar%s  %s\n\n", style(TITLE), style(PLAIN_TEXT),
            M("what programs do while they run",
              "lo que hacen los programas mientras corren"));
    for (size_t i = 0; i < menu->count; i++)
        put_row(out, &menu->rows[i], next, title_columns(menu));
    fputs("\n  ", out);
    put_next(out, next);
    fputc('\n', out);
    fclose(out);
    screen_show(text);
    free(text);
}

// ---- What the person chooses ------------------------------------------------

static void explain(const char *typed)
{
    char *name = course_find("lessons", typed);

    if (!name && *typed && strcmp(typed, "?") != 0)
        find_say_unknown(typed);
    free(name);
    screen_say("%s", M("  Type the number of a lesson and Enter.\n"
                       "  Enter alone goes on where you are; q quits.",
                       "  Escribe el número de una lección y Enter.\n"
                       "  Enter solo sigue donde estás; q sale."));
}

// Plays the lesson and comes back to the menu.
static void play(const struct play_options *options, const char *name)
{
    struct play_options chosen = *options;

    chosen.lesson = name;
    screen.wish = GO_ON;
    play_lesson(&chosen);
    screen.wish = stop_signal || feof(stdin) ? QUIT : GO_ON;
}

// Returns whether the map is to be shown again.
static bool choose(const struct menu *menu, const struct play_options *options,
                   const char *typed)
{
    const struct row *next = next_row(menu);
    char *name = *typed ? course_find("lessons", typed) : NULL;

    if (screen_command(typed) == QUIT)
        screen.wish = QUIT;
    else if (name)
        play(options, name);
    else if (!*typed && next)
        play(options, next->name);
    else
        explain(typed);
    free(name);
    return name || !*typed;
}

static void ask_for_lesson(const struct menu *menu,
                           const struct play_options *options)
{
    bool again = false;
    char typed[128];

    while (!again && screen.wish == GO_ON &&
           screen_ask(M("  Lesson (Enter: the next step, q: quit):",
                        "  Lección (Enter: lo que sigue, q: salir):"),
                      typed, sizeof typed))
        again = choose(menu, options, typed);
}

int menu_show(const struct play_options *options)
{
    bool asks = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && screen.asks;
    struct menu menu = read_menu();
    size_t count = menu.count;

    if (asks)
        screen_begin();
    show_map(&menu);
    if (asks && count > 0)
        ask_for_lesson(&menu, options);
    free_menu(&menu);
    if (count == 0)
        return could_not(M("there are no lessons in %s/lessons",
                           "no hay lecciones en %s/lessons"),
                         course_root());
    return asks && screen.wish == GO_ON ? menu_show(options) : 0;
}
