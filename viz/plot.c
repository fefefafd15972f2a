// plot.c - the charts of a lesson, measured on this machine
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/chart.h"
#include "tools/course/course.h"
#include "tools/course/keep.h"
#include "tools/course/scratch.h"
#include "tools/course/terminal.h"
#include "tools/player/facts.h"
#include "tools/player/find.h"
#include "tools/player/stop.h"
#include "viz/chart_draw.h"
#include "viz/chart_summary.h"
#include "viz/chart_table.h"
#include "viz/chart_title.h"
#include "viz/plot.h"
#include "viz/plot_measure.h"

enum { FULL_TIMEOUT_S = 300, QUICK_TIMEOUT_S = 30, DRAW_TIMEOUT_S = 30 };
enum { PREVIEW_LEAST_COLUMNS = 50, ERROR_SIZE = 2048 };

// The charts of one lesson.
struct batch {
    const struct plot_options *options;
    const char *lesson;    // "03_buffers"
    const char *output;    // where they are kept
    int number;            // of the folders made so far
    char *command;         // that was measured last, NULL: none yet
    struct measurement of; // what it said: the next chart may show it too
};

// One chart in the making.
struct work {
    struct batch *batch;
    const struct plot_options *options; // of the batch
    struct chart chart;
    struct measurement measured;
    struct facts facts;
    struct chart_rows rows;
    struct chart_summary summary;
    char *title;
    char error[ERROR_SIZE]; // "": a signal stopped us
};

// Keeps the reason. Returns false, for "return fail(...)".
__attribute__((format(printf, 2, 3))) static bool fail(struct work *work,
                                                       const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    vsnprintf(work->error, sizeof work->error, format, rest);
    va_end(rest);
    return false;
}

// What other people's programs said in it may hold anything.
static void say_error(const char *error)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    print_printable(out, error, strlen(error));
    fclose(out);
    fflush(stdout);
    could_not("%s", text);
    free(text);
}

// ---- Files ------------------------------------------------------------------

static char *path_in(const struct work *work, const char *folder,
                     const char *ending)
{
    char *path;

    MUST(asprintf(&path, "%s/%s%s", folder, work->chart.name, ending));
    return path;
}

static bool keep_in(struct work *work, const char *folder, const char *ending,
                    const char *bytes, size_t size)
{
    char *path = path_in(work, folder, ending);
    bool kept = keep_write(path, bytes, size);

    if (!kept)
        fail(work, M("could not write %s: %s", "no se pudo escribir %s: %s"),
             path, strerror(errno));
    free(path);
    return kept;
}

static void forget(const struct work *work, const char *ending)
{
    char *path = path_in(work, work->batch->output, ending);

    unlink(path);
    free(path);
}

// A folder of our own in the scratch folder; NULL, and said.
static char *new_folder(struct work *work, const char *what)
{
    char *folder;

    MUST(asprintf(&folder, "%s/%s-%d", scratch_path(), what,
                  work->batch->number++));
    if (mkdir(folder, 0700) == 0)
        return folder;
    fail(work, "%s: %s", folder, strerror(errno));
    free(folder);
    return NULL;
}

// ---- Measuring --------------------------------------------------------------

static const char *command_of(const struct work *work)
{
    return work->options->quick ? work->chart.quick : work->chart.program;
}

static int command_line(const struct work *work)
{
    return work->options->quick ? work->chart.quick_line
                                : work->chart.program_line;
}

static int timeout_of(const struct work *work)
{
    if (work->options->timeout_s > 0)
        return work->options->timeout_s;
    return work->options->quick ? QUICK_TIMEOUT_S : FULL_TIMEOUT_S;
}

static void say_begin(const struct work *work)
{
    fprintf(stderr, M("%s/%s: measuring (%s)", "%s/%s: mido (%s)"),
            work->batch->lesson, work->chart.name, command_of(work));
    fflush(stderr);
}

static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool run_in(struct work *work, const char *folder)
{
    struct measuring measuring = {.lesson = work->batch->lesson,
                                  .command = command_of(work),
                                  .folder = folder,
                                  .timeout_s = timeout_of(work),
                                  .stop = &stop_signal};
    char reason[ERROR_SIZE / 2];
    double begin_s = now_s();

    say_begin(work);
    if (plot_measure(&measuring, &work->measured, reason, sizeof reason)) {
        fprintf(stderr, " %.1f s\n", now_s() - begin_s);
        return true;
    }
    fputc('\n', stderr);
    if (*reason)
        fail(work, "%s:%d: %s", work->chart.path, command_line(work), reason);
    return false;
}

static void free_measurement(struct measurement *measurement)
{
    free(measurement->rows);
    free(measurement->facts);
    *measurement = (struct measurement){.rows = NULL};
}

static struct measurement copy_of(const struct measurement *from)
{
    struct measurement copy = {.rows = MUST(malloc(from->rows_bytes + 1)),
                               .rows_bytes = from->rows_bytes,
                               .facts = MUST(strdup(from->facts))};

    memcpy(copy.rows, from->rows, from->rows_bytes + 1);
    return copy;
}

static bool measure(struct work *work)
{
    char *folder = new_folder(work, "run");
    bool measured = folder && run_in(work, folder);

    free(folder);
    return measured;
}

// Two charts of the same measurement show the same numbers.
static bool measure_once(struct work *work)
{
    struct batch *batch = work->batch;

    if (batch->command && strcmp(batch->command, command_of(work)) == 0) {
        work->measured = copy_of(&batch->of);
        return true;
    }
    if (!measure(work))
        return false;
    free(batch->command);
    free_measurement(&batch->of);
    batch->command = MUST(strdup(command_of(work)));
    batch->of = copy_of(&work->measured);
    return true;
}

// ---- Or from a folder -------------------------------------------------------

static bool read_rows(struct work *work)
{
    char *path = path_in(work, work->options->from, ".csv");

    work->measured.rows =
        keep_read(path, ROWS_LIMIT_BYTES, &work->measured.rows_bytes);
    if (!work->measured.rows)
        fail(work, M("could not read %s: %s", "no se pudo leer %s: %s"), path,
             strerror(errno));
    free(path);
    return work->measured.rows;
}

// Without the file there are no facts.
static void read_facts(struct work *work)
{
    char *path = path_in(work, work->options->from, ".facts");

    work->measured.facts = keep_read(path, ROWS_LIMIT_BYTES, NULL);
    if (!work->measured.facts)
        work->measured.facts = MUST(strdup(""));
    free(path);
}

static bool get_measurement(struct work *work)
{
    if (!work->options->from)
        return measure_once(work);
    if (!read_rows(work))
        return false;
    read_facts(work);
    return true;
}

// ---- What it says -----------------------------------------------------------

static bool parse_rows(struct work *work)
{
    const struct measurement *measured = &work->measured;
    char reason[512];

    if (chart_rows_parse(measured->rows, measured->rows_bytes, &work->rows,
                         reason, sizeof reason))
        return true;
    if (work->options->from)
        return fail(work, "%s/%s.csv: %s", work->options->from,
                    work->chart.name, reason);
    return fail(work,
                M("%s:%d: the rows of \"%s\", %s", "%s:%d: las filas de "
                                                   "\"%s\", %s"),
                work->chart.path, command_line(work), command_of(work), reason);
}

// Facts of the summary stand in the same file; they have dots and are refused.
static bool parse_facts(struct work *work)
{
    size_t refused = facts_take(&work->facts, NULL, work->measured.facts, 1);

    if (refused == 0 || work->options->from)
        return true;
    return fail(work,
                M("%s:%d: %zu lines of facts could not be read",
                  "%s:%d: no se pudieron leer %zu líneas de hechos"),
                work->chart.path, command_line(work), refused);
}

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

// What the rows have the header names.
static bool check_named(struct work *work)
{
    const struct chart_rows *rows = &work->rows;
    char key[CHART_NAME_LIMIT + 16];

    for (size_t i = 0; i < rows->measure_count; i++)
        if (!chart_text(&work->chart, rows->measures[i]))
            return fail(work,
                        M("%s:1: the rows have the measure \"%s\"; its label "
                          "%s.en, %s.es is missing",
                          "%s:1: las filas tienen la medida \"%s\"; falta su "
                          "etiqueta %s.en, %s.es"),
                        work->chart.path, rows->measures[i], rows->measures[i],
                        rows->measures[i]);
    for (size_t i = 0; i < rows->series_count; i++) {
        snprintf(key, sizeof key, "series.%s", rows->series[i]);
        if (!chart_text(&work->chart, key))
            return fail(work,
                        M("%s:1: the rows have the series \"%s\"; its legend "
                          "%s.en, %s.es is missing",
                          "%s:1: las filas tienen la serie \"%s\"; falta su "
                          "leyenda %s.en, %s.es"),
                        work->chart.path, rows->series[i], key, key);
    }
    return true;
}

// What the header names the rows have.
static bool check_measured(struct work *work)
{
    const struct chart_rows *rows = &work->rows;
    const char *name;
    char key[CHART_NAME_LIMIT + 16];

    for (size_t i = 0; (name = chart_measure(&work->chart, i)); i++)
        if (!is_among(name, rows->measures, rows->measure_count))
            return fail(work,
                        M("%s:%d: no measure \"%s\" in the rows",
                          "%s:%d: no hay una medida \"%s\" en las filas"),
                        work->chart.path, chart_line(&work->chart, name), name);
    for (size_t i = 0; (name = chart_series(&work->chart, i)); i++) {
        snprintf(key, sizeof key, "series.%s", name);
        if (!is_among(name, rows->series, rows->series_count))
            return fail(work,
                        M("%s:%d: no series \"%s\" in the rows",
                          "%s:%d: no hay una serie \"%s\" en las filas"),
                        work->chart.path, chart_line(&work->chart, key), name);
    }
    return true;
}

// ---- Keeping it -------------------------------------------------------------

typedef void printer(FILE *out, const struct work *work);

static void print_summary(FILE *out, const struct work *work)
{
    chart_summary_print(out, &work->summary);
}

static void print_facts(FILE *out, const struct work *work)
{
    for (size_t i = 0; i < work->facts.count; i++)
        fprintf(out, "fact %s %lld\n", work->facts.list[i].name,
                work->facts.list[i].value);
    chart_summary_facts(out, &work->summary);
}

static bool keep_printed(struct work *work, const char *folder,
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

static bool keep_tables(struct work *work, const char *folder)
{
    return keep_in(work, folder, ".csv", work->measured.rows,
                   work->measured.rows_bytes) &&
           keep_printed(work, folder, ".summary.csv", print_summary);
}

// The pictures that are there show other measurements: they go first.
static bool keep_measured(struct work *work)
{
    forget(work, ".svg");
    forget(work, ".png");
    forget(work, ".gp");
    return keep_tables(work, work->batch->output) &&
           keep_printed(work, work->batch->output, ".facts", print_facts);
}

static bool keep_pictures(struct work *work, const struct chart_pictures *made)
{
    return keep_in(work, work->batch->output, ".gp", made->script,
                   strlen(made->script)) &&
           keep_in(work, work->batch->output, ".svg", made->svg,
                   made->svg_bytes) &&
           keep_in(work, work->batch->output, ".png", made->png,
                   made->png_bytes);
}

// ---- Drawing ----------------------------------------------------------------

static void print_table(const struct work *work)
{
    chart_table_print(stdout, &work->chart, &work->summary,
                      work->options->columns);
}

static void print_preview(const struct work *work, const char *preview)
{
    putchar('\n');
    chart_table_title(stdout, work->title, work->options->columns);
    if (preview)
        printf("%s\n", preview);
    print_table(work);
}

static int preview_columns(const struct plot_options *options)
{
    if (options->plain || options->columns < PREVIEW_LEAST_COLUMNS)
        return 0;
    return options->columns - 1;
}

static bool draw_in(struct work *work, const char *folder)
{
    struct chart_story story = {&work->chart, &work->rows, &work->facts,
                                work->title};
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
    if (drawn)
        print_preview(work, made.preview);
    chart_pictures_free(&made);
    return drawn;
}

static bool draw(struct work *work)
{
    char *folder;
    bool drawn;

    if (!chart_draw_ready()) {
        print_preview(work, NULL);
        return fail(work,
                    M("gnuplot is missing, so %s has no picture: \"./telar\" "
                      "installs it, or \"sudo apt-get install gnuplot-nox\"",
                      "falta gnuplot, así que %s queda sin imagen: "
                      "\"./telar\" lo instala, o \"sudo apt-get install "
                      "gnuplot-nox\""),
                    work->chart.name);
    }
    folder = new_folder(work, "draw");
    drawn = folder && keep_tables(work, folder) && draw_in(work, folder);
    free(folder);
    return drawn;
}

static void say_where(const struct work *work)
{
    const char *shown = work->batch->output, *root = course_root();
    size_t above = strlen(root);

    if (strncmp(shown, root, above) == 0 && shown[above] == '/')
        shown += above + 1;
    printf("  %s%s/%s.svg, .png, .csv%s\n\n", style(QUIET), shown,
           work->chart.name, style(PLAIN_TEXT));
}

// ---- One chart --------------------------------------------------------------

static bool make_chart(struct work *work)
{
    if (!get_measurement(work) || !parse_rows(work) || !check_named(work) ||
        !check_measured(work) || !parse_facts(work))
        return false;
    chart_summary_of(&work->rows, &work->summary);
    if (stop_signal || !keep_measured(work))
        return false;
    work->title = chart_title_fill(&work->chart, &work->facts, &work->summary,
                                   work->error, sizeof work->error);
    if (!work->title || !draw(work))
        return false;
    if (!work->options->brief)
        say_where(work);
    return true;
}

static void free_work(struct work *work)
{
    chart_free(&work->chart);
    free_measurement(&work->measured);
    facts_free(&work->facts);
    chart_rows_free(&work->rows);
    chart_summary_free(&work->summary);
    free(work->title);
}

static bool plot_chart(struct batch *batch, const char *name)
{
    struct work work = {.batch = batch, .options = batch->options};
    bool made = chart_read(batch->lesson, name, &work.chart, work.error,
                           sizeof work.error) &&
                make_chart(&work);

    if (!made && *work.error && !stop_signal)
        say_error(work.error);
    free_work(&work);
    return made;
}

// ---- The charts of a lesson -------------------------------------------------

static char *join(char *const *names, size_t count)
{
    char *text;
    size_t size;
    FILE *out = MUST(open_memstream(&text, &size));

    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%s", i ? ", " : "", names[i]);
    fclose(out);
    return text;
}

static bool is_chart(const char *name, char *const *names, size_t count)
{
    return is_among(name, (const char *const *)names, count);
}

// Are all that were asked for there?
static bool check_asked(const struct plot_options *options, const char *lesson,
                        char *const *names, size_t count)
{
    for (size_t i = 0; i < options->chart_count; i++)
        if (!is_chart(options->charts[i], names, count)) {
            char *list = join(names, count);

            could_not(M("%s has no chart \"%s\"; it has: %s",
                        "%s no tiene un gráfico \"%s\"; tiene: %s"),
                      lesson, options->charts[i], list);
            free(list);
            return false;
        }
    return true;
}

// Said before anything is measured, not minutes later.
static bool open_output(const char *output)
{
    if (keep_folder(output) && access(output, W_OK | X_OK) == 0)
        return true;
    could_not(M("could not write in %s: %s; --output FOLDER puts the charts "
                "elsewhere",
                "no se puede escribir en %s: %s; --output CARPETA deja los "
                "gráficos en otro lugar"),
              output, strerror(errno));
    return false;
}

static bool make_scratch(void)
{
    scratch_sweep("plot");
    if (scratch_make("plot"))
        return true;
    could_not(M("no folder to work in: %s (TMPDIR names another)",
                "no hay una carpeta donde trabajar: %s (TMPDIR indica otra)"),
              strerror(errno));
    return false;
}

static int plot_batch(struct batch *batch, char *const *names, size_t count)
{
    int status = 0;

    if (!open_output(batch->output) || !make_scratch())
        return 2;
    for (size_t i = 0; i < count && !stop_signal; i++)
        if (!plot_chart(batch, names[i]))
            status = 2;
    scratch_remove();
    free(batch->command);
    free_measurement(&batch->of);
    return status;
}

static int plot_names(const struct plot_options *options, const char *lesson,
                      char *const *names, size_t count)
{
    char *usual = course_path("build/charts/%s", lesson);
    struct batch batch = {.options = options,
                          .lesson = lesson,
                          .output = options->output ? options->output : usual};
    int status = plot_batch(&batch, names, count);

    free(usual);
    return status;
}

static int plot_found(const struct plot_options *options, const char *lesson)
{
    char **names;
    size_t count = chart_list(lesson, &names);
    int status = 2;

    if (count == 0)
        could_not(M("%s has no charts", "%s no tiene gráficos"), lesson);
    else if (!check_asked(options, lesson, names, count))
        status = 2;
    else if (options->chart_count > 0)
        status =
            plot_names(options, lesson, options->charts, options->chart_count);
    else
        status = plot_names(options, lesson, names, count);
    course_free(names, count);
    return status;
}

int plot_lesson(const struct plot_options *options)
{
    char *lesson = course_find("lessons", options->lesson);
    int status;

    if (!lesson)
        return find_say_unknown(options->lesson);
    status = plot_found(options, lesson);
    free(lesson);
    return status;
}

int plot_all(const struct plot_options *options)
{
    char **lessons, **charts;
    size_t count = course_list("lessons", &lessons), found = 0;
    int status = 0;

    for (size_t i = 0; i < count && !stop_signal; i++) {
        size_t here = chart_list(lessons[i], &charts);

        course_free(charts, here);
        found += here;
        if (here > 0 && plot_found(options, lessons[i]) != 0)
            status = 2;
    }
    course_free(lessons, count);
    if (found == 0)
        return could_not(M("no lesson in %s has charts",
                           "ninguna lección de %s tiene gráficos"),
                         course_root());
    return status;
}
