// plot_work.c - one chart: what it says, its files, its pictures
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/scratch.h"
#include "tools/player/stop.h"
#include "viz/chart_draw.h"
#include "viz/chart_table.h"
#include "viz/chart_title.h"
#include "viz/plot_work.h"

enum { DRAW_TIMEOUT_S = 30, PREVIEW_LEAST_COLUMNS = 50 };

// Keeps the reason. Returns false, for "return plot_fail(...)".
__attribute__((format(printf, 2, 3))) bool plot_fail(struct plot_work *work,
                                                     const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    vsnprintf(work->error, sizeof work->error, format, rest);
    va_end(rest);
    return false;
}

// ---- Files ------------------------------------------------------------------

char *plot_path(const struct plot_work *work, const char *folder,
                const char *ending)
{
    char *path;

    MUST(asprintf(&path, "%s/%s%s", folder, work->chart.name, ending));
    return path;
}

static bool keep_in(struct plot_work *work, const char *folder,
                    const char *ending, const char *bytes, size_t size)
{
    char *path = plot_path(work, folder, ending);
    bool kept = keep_write(path, bytes, size);

    if (!kept)
        plot_fail(work,
                  M("could not write %s: %s", "no se pudo escribir %s: %s"),
                  path, error_words(errno));
    free(path);
    return kept;
}

static void forget(const struct plot_work *work, const char *ending)
{
    char *path = plot_path(work, work->output, ending);

    unlink(path);
    free(path);
}

char *plot_folder(struct plot_work *work, const char *what)
{
    char *folder;

    MUST(asprintf(&folder, "%s/%s-%d", scratch_path(), what,
                  (*work->folders)++));
    if (mkdir(folder, 0700) == 0)
        return folder;
    plot_fail(work, "%s: %s", folder, error_words(errno));
    free(folder);
    return NULL;
}

// ---- What it says -----------------------------------------------------------

const char *plot_command(const struct plot_work *work)
{
    return work->options->quick ? work->chart.quick : work->chart.program;
}

int plot_command_line(const struct plot_work *work)
{
    return work->options->quick ? work->chart.quick_line
                                : work->chart.program_line;
}

static bool parse_rows(struct plot_work *work)
{
    const struct measurement *measured = &work->measured;
    char reason[512];

    if (chart_rows_parse(measured->rows, measured->rows_bytes, &work->rows,
                         reason, sizeof reason))
        return true;
    if (work->options->from)
        return plot_fail(work, "%s/%s.csv: %s", work->options->from,
                         work->chart.name, reason);
    return plot_fail(work,
                     M("%s:%d: the rows of \"%s\", %s", "%s:%d: las filas de "
                                                        "\"%s\", %s"),
                     work->chart.path, plot_command_line(work),
                     plot_command(work), reason);
}

// Facts of the summary stand in the same file; they have dots and are refused.
static bool parse_facts(struct plot_work *work)
{
    size_t refused = facts_take(&work->facts, NULL, work->measured.facts, 1);

    if (refused == 0 || work->options->from)
        return true;
    return plot_fail(work,
                     M("%s:%d: %zu lines of facts could not be read",
                       "%s:%d: no se pudieron leer %zu líneas de hechos"),
                     work->chart.path, plot_command_line(work), refused);
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

// What the rows have the header names.
static bool check_named(struct plot_work *work)
{
    const struct chart_rows *rows = &work->rows;
    char key[CHART_NAME_LIMIT + 16];

    for (size_t i = 0; i < rows->measure_count; i++)
        if (!chart_text(&work->chart, rows->measures[i]))
            return plot_fail(
                work,
                M("%s:1: the rows have the measure \"%s\"; its label "
                  "%s.en, %s.es is missing",
                  "%s:1: las filas tienen la medida \"%s\"; falta su "
                  "etiqueta %s.en, %s.es"),
                work->chart.path, rows->measures[i], rows->measures[i],
                rows->measures[i]);
    for (size_t i = 0; i < rows->series_count; i++) {
        snprintf(key, sizeof key, "series.%s", rows->series[i]);
        if (!chart_text(&work->chart, key))
            return plot_fail(
                work,
                M("%s:1: the rows have the series \"%s\"; its legend "
                  "%s.en, %s.es is missing",
                  "%s:1: las filas tienen la serie \"%s\"; falta su "
                  "leyenda %s.en, %s.es"),
                work->chart.path, rows->series[i], key, key);
    }
    return true;
}

// What the header names the rows have.
static bool check_measured(struct plot_work *work)
{
    const struct chart_rows *rows = &work->rows;
    const char *name;
    char key[CHART_NAME_LIMIT + 16];

    for (size_t i = 0; (name = chart_measure(&work->chart, i)); i++)
        if (!is_among(name, rows->measures, rows->measure_count))
            return plot_fail(work,
                             M("%s:%d: no measure \"%s\" in the rows",
                               "%s:%d: no hay una medida \"%s\" en las filas"),
                             work->chart.path, chart_line(&work->chart, name),
                             name);
    for (size_t i = 0; (name = chart_series(&work->chart, i)); i++) {
        snprintf(key, sizeof key, "series.%s", name);
        if (!is_among(name, rows->series, rows->series_count))
            return plot_fail(work,
                             M("%s:%d: no series \"%s\" in the rows",
                               "%s:%d: no hay una serie \"%s\" en las filas"),
                             work->chart.path, chart_line(&work->chart, key),
                             name);
    }
    return true;
}

bool plot_understand(struct plot_work *work)
{
    if (!parse_rows(work) || !check_named(work) || !check_measured(work) ||
        !parse_facts(work))
        return false;
    chart_summary_of(&work->rows, &work->summary);
    return !stop_signal;
}

// ---- Keeping it -------------------------------------------------------------

typedef void printer(FILE *out, const struct plot_work *work);

static void print_summary(FILE *out, const struct plot_work *work)
{
    chart_summary_print(out, &work->summary);
}

static void print_facts(FILE *out, const struct plot_work *work)
{
    for (size_t i = 0; i < work->facts.count; i++)
        fprintf(out, "fact %s %lld\n", work->facts.list[i].name,
                work->facts.list[i].value);
    chart_summary_facts(out, &work->summary);
}

static bool keep_printed(struct plot_work *work, const char *folder,
                         const char *ending, printer *print)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));
    bool kept;

    print(out, work);
    fclose(out);
    kept = keep_in(work, folder, ending, text, size);
    free(text);
    return kept;
}

// What the pictures are of: from a folder, what its file says.
static bool keep_origin(struct plot_work *work)
{
    if (work->origin)
        return keep_in(work, work->output, ".measured", work->origin,
                       strlen(work->origin));
    forget(work, ".measured");
    return true;
}

static bool keep_tables(struct plot_work *work, const char *folder)
{
    return keep_in(work, folder, ".csv", work->measured.rows,
                   work->measured.rows_bytes) &&
           keep_printed(work, folder, ".summary.csv", print_summary);
}

// The pictures that are there show other measurements: they go first.
bool plot_keep_measured(struct plot_work *work)
{
    forget(work, ".svg");
    forget(work, ".png");
    forget(work, ".gp");
    return keep_tables(work, work->output) &&
           keep_printed(work, work->output, ".facts", print_facts) &&
           keep_origin(work);
}

static bool keep_pictures(struct plot_work *work,
                          const struct chart_pictures *made)
{
    return keep_in(work, work->output, ".gp", made->script,
                   strlen(made->script)) &&
           keep_in(work, work->output, ".svg", made->svg, made->svg_bytes) &&
           keep_in(work, work->output, ".png", made->png, made->png_bytes);
}

// ---- Drawing ----------------------------------------------------------------

static void print_table(const struct plot_work *work)
{
    chart_table_print(stdout, &work->chart, &work->summary,
                      work->options->columns);
}

static void print_preview(const struct plot_work *work, const char *preview)
{
    putchar('\n');
    chart_table_title(stdout, work->title, work->options->columns);
    if (preview)
        printf("%s\n", preview);
    print_table(work);
}

static bool says_something(const struct plot_work *work)
{
    return !work->is_given && !work->options->quiet;
}

static int preview_columns(const struct plot_options *options)
{
    if (options->plain || options->quiet ||
        options->columns < PREVIEW_LEAST_COLUMNS)
        return 0;
    return options->columns - 1;
}

static bool draw_in(struct plot_work *work, const char *folder)
{
    struct chart_story story = {&work->chart, &work->rows, &work->facts,
                                work->title, work->options->untitled};
    struct chart_drawing drawing = {.story = &story,
                                    .folder = folder,
                                    .columns = preview_columns(work->options),
                                    .timeout_s = DRAW_TIMEOUT_S,
                                    .stop = &stop_signal};
    struct chart_pictures made;
    bool drawn;

    if (work->options->timeout_s > 0)
        drawing.timeout_s = work->options->timeout_s;
    drawn = chart_draw(&drawing, &made, work->error, sizeof work->error) &&
            keep_pictures(work, &made);
    if (drawn && says_something(work))
        print_preview(work, made.preview);
    chart_pictures_free(&made);
    return drawn;
}

static bool fail_without_gnuplot(struct plot_work *work)
{
    return plot_fail(work,
                     M("gnuplot is missing, so %s has no picture: \"./telar\" "
                       "installs it, or \"sudo apt-get install gnuplot-nox\"",
                       "falta gnuplot, así que %s queda sin imagen: "
                       "\"./telar\" lo instala, o \"sudo apt-get install "
                       "gnuplot-nox\""),
                     work->chart.name);
}

bool plot_make_pictures(struct plot_work *work)
{
    char *folder;
    bool drawn;

    if (!chart_draw_ready()) {
        if (says_something(work))
            print_preview(work, NULL);
        return fail_without_gnuplot(work);
    }
    folder = plot_folder(work, "draw");
    drawn = folder && keep_tables(work, folder) && draw_in(work, folder);
    free(folder);
    return drawn;
}

bool plot_entitle(struct plot_work *work)
{
    work->title = chart_title_fill(&work->chart, &work->facts, &work->summary,
                                   work->error, sizeof work->error);
    return work->title;
}

void plot_measurement_free(struct measurement *measurement)
{
    free(measurement->rows);
    free(measurement->facts);
    *measurement = (struct measurement){.rows = NULL};
}

void plot_work_free(struct plot_work *work)
{
    chart_free(&work->chart);
    plot_measurement_free(&work->measured);
    facts_free(&work->facts);
    chart_rows_free(&work->rows);
    chart_summary_free(&work->summary);
    free(work->title);
    free(work->origin);
}

// ---- A chart whose measurements are there -----------------------------------

static bool preview_given(struct plot_work *work,
                          const struct plot_given *given, char **drawing)
{
    char *folder = plot_entitle(work) ? plot_folder(work, "draw") : NULL;
    struct chart_story story = {&work->chart, &work->rows, &work->facts,
                                work->title, false};
    struct chart_drawing asked = {.story = &story,
                                  .folder = folder,
                                  .columns = given->columns,
                                  .rows = given->preview_rows,
                                  .preview_only = true,
                                  .timeout_s = given->timeout_s,
                                  .stop = &stop_signal};
    struct chart_pictures made = {.preview = NULL};
    bool drawn = folder && keep_tables(work, folder) &&
                 (chart_draw_ready() ? chart_draw(&asked, &made, work->error,
                                                  sizeof work->error)
                                     : fail_without_gnuplot(work));

    *drawing = made.preview;
    free(folder);
    return drawn;
}

static bool make_given(struct plot_work *work, const struct plot_given *given,
                       char **drawing)
{
    work->measured = (struct measurement){
        .rows = MUST(strndup(given->rows, given->rows_bytes)),
        .rows_bytes = given->rows_bytes,
        .facts = MUST(strdup(given->facts))};
    if (!chart_parse(given->name, given->name, given->script, &work->chart,
                     work->error, sizeof work->error) ||
        !plot_understand(work))
        return false;
    if (!given->output)
        return preview_given(work, given, drawing);
    return plot_keep_measured(work) && plot_entitle(work) &&
           plot_make_pictures(work);
}

bool plot_given(const struct plot_given *given, char **title, char **drawing,
                char *error, size_t error_size)
{
    const struct plot_options options = {.plain = true,
                                         .timeout_s = given->timeout_s};
    int folders = 0;
    struct plot_work work = {.options = &options,
                             .output = given->output,
                             .folders = &folders,
                             .is_given = true};
    bool made;

    *title = *drawing = NULL;
    scratch_sweep("chart");
    if (!scratch_make("chart")) {
        snprintf(error, error_size, "%s", error_words(errno));
        return false;
    }
    made = make_given(&work, given, drawing);
    scratch_remove();
    snprintf(error, error_size, "%s", work.error);
    *title = work.title;
    work.title = NULL;
    plot_work_free(&work);
    return made;
}
