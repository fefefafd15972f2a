// plot.c - the charts of a lesson, measured on this machine
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/course/scratch.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"
#include "tools/player/find.h"
#include "tools/player/stop.h"
#include "viz/measured.h"
#include "viz/plot_work.h"

enum {
    FULL_TIMEOUT_S = 300,
    QUICK_TIMEOUT_S = 30,
    ORIGIN_LIMIT_BYTES = 1 << 12
};

// The charts of one lesson.
struct batch {
    const struct plot_options *options;
    const char *lesson;    // "03_buffers"
    const char *output;    // where they are kept
    int folders;           // that were made so far
    char *command;         // that was measured last, NULL: none yet
    char *origin;          // of that, as in struct plot_work
    struct measurement of; // what it said: the next chart may show it too
};

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

// ---- Measuring --------------------------------------------------------------

static int timeout_of(const struct plot_work *work)
{
    if (work->options->timeout_s > 0)
        return work->options->timeout_s;
    return work->options->quick ? QUICK_TIMEOUT_S : FULL_TIMEOUT_S;
}

static void say_begin(const struct plot_work *work)
{
    fprintf(stderr, M("%s/%s: measuring (%s)", "%s/%s: mido (%s)"),
            work->lesson, work->chart.name, plot_command(work));
    fflush(stderr);
}

static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool run_in(struct plot_work *work, const char *folder)
{
    struct measuring measuring = {.lesson = work->lesson,
                                  .command = plot_command(work),
                                  .folder = folder,
                                  .timeout_s = timeout_of(work),
                                  .stop = &stop_signal};
    char reason[PLOT_ERROR_SIZE / 2];
    double begin_s = now_s();
    char text[32];

    say_begin(work);
    if (plot_measure(&measuring, &work->measured, reason, sizeof reason)) {
        fprintf(stderr, " %s s\n", units_decimal(now_s() - begin_s, 1, text));
        return true;
    }
    fputc('\n', stderr);
    if (*reason)
        plot_fail(work, "%s:%d: %s", work->chart.path, plot_command_line(work),
                  reason);
    return false;
}

static struct measurement copy_of(const struct measurement *from)
{
    struct measurement copy = {.rows = MUST(malloc(from->rows_bytes + 1)),
                               .rows_bytes = from->rows_bytes,
                               .facts = MUST(strdup(from->facts))};

    memcpy(copy.rows, from->rows, from->rows_bytes + 1);
    return copy;
}

static bool measure(struct plot_work *work)
{
    char *folder = plot_folder(work, "run");
    bool measured = folder && run_in(work, folder);

    free(folder);
    return measured;
}

// Two charts of the same measurement show the same numbers.
static bool measure_once(struct batch *batch, struct plot_work *work)
{
    struct measured_use begin;

    if (batch->command && strcmp(batch->command, plot_command(work)) == 0) {
        work->measured = copy_of(&batch->of);
        work->origin = MUST(strdup(batch->origin));
        return true;
    }
    begin = measured_begin();
    if (!measure(work))
        return false;
    work->origin = measured_end(&begin, plot_command(work));
    free(batch->command);
    free(batch->origin);
    plot_measurement_free(&batch->of);
    batch->command = MUST(strdup(plot_command(work)));
    batch->origin = MUST(strdup(work->origin));
    batch->of = copy_of(&work->measured);
    return true;
}

// ---- Or from a folder -------------------------------------------------------

static bool read_rows(struct plot_work *work)
{
    char *path = plot_path(work, work->options->from, ".csv");

    work->measured.rows =
        keep_read(path, ROWS_LIMIT_BYTES, &work->measured.rows_bytes);
    if (!work->measured.rows)
        plot_fail(work, M("could not read %s: %s", "no se pudo leer %s: %s"),
                  path, error_words(errno));
    free(path);
    return work->measured.rows;
}

// Without the file there are no facts.
static void read_facts(struct plot_work *work)
{
    char *path = plot_path(work, work->options->from, ".facts");

    work->measured.facts = keep_read(path, ROWS_LIMIT_BYTES, NULL);
    if (!work->measured.facts)
        work->measured.facts = MUST(strdup(""));
    free(path);
}

static void read_origin(struct plot_work *work)
{
    char *path = plot_path(work, work->options->from, ".measured");

    work->origin = keep_read(path, ORIGIN_LIMIT_BYTES, NULL);
    free(path);
}

static bool get_measurement(struct batch *batch, struct plot_work *work)
{
    if (!work->options->from)
        return measure_once(batch, work);
    if (!read_rows(work))
        return false;
    read_facts(work);
    read_origin(work);
    return true;
}

// ---- One chart --------------------------------------------------------------

static void say_where(const struct plot_work *work)
{
    const char *shown = work->output, *root = course_root();
    size_t above = strlen(root);

    if (strncmp(shown, root, above) == 0 && shown[above] == '/')
        shown += above + 1;
    printf("  %s%s/%s.svg, .png, .csv%s\n\n", style(QUIET), shown,
           work->chart.name, style(PLAIN_TEXT));
}

static bool make_chart(struct batch *batch, struct plot_work *work)
{
    if (!get_measurement(batch, work) || !plot_understand(work) ||
        !plot_keep_measured(work) || !plot_entitle(work) ||
        !plot_make_pictures(work))
        return false;
    if (!work->options->brief && !work->options->quiet)
        say_where(work);
    return true;
}

static bool plot_chart(struct batch *batch, const char *name)
{
    struct plot_work work = {.options = batch->options,
                             .lesson = batch->lesson,
                             .output = batch->output,
                             .folders = &batch->folders};
    bool made = chart_read(batch->lesson, name, &work.chart, work.error,
                           sizeof work.error) &&
                make_chart(batch, &work);

    if (!made && *work.error && !stop_signal)
        say_error(work.error);
    plot_work_free(&work);
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
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
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
              output, error_words(errno));
    return false;
}

static bool make_scratch(void)
{
    scratch_sweep("plot");
    if (scratch_make("plot"))
        return true;
    could_not(M("no folder to work in: %s (TMPDIR names another)",
                "no hay una carpeta donde trabajar: %s (TMPDIR indica otra)"),
              error_words(errno));
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
    free(batch->origin);
    plot_measurement_free(&batch->of);
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
