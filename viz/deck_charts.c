// deck_charts.c - what the slides show is measured, drawn and loaded
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/player/stop.h"
#include "viz/chart_draw.h"
#include "viz/chart_title.h"
#include "viz/deck_charts.h"
#include "viz/measured.h"

enum { SMALL_BYTES = 1 << 12, SVG_LIMIT_BYTES = 64 << 20 };

// ---- Which is older? --------------------------------------------------------

// When path was changed last, in ns; -1: it is not there.
static long long changed(const char *path)
{
    struct stat state;

    if (stat(path, &state) < 0)
        return -1;
    return (long long)state.st_mtim.tv_sec * 1000000000 + state.st_mtim.tv_nsec;
}

// The same of a path that is freed.
static long long changed_freed(char *path)
{
    long long when = changed(path);

    free(path);
    return when;
}

static long long program_changed(const char *lesson, const char *command)
{
    return changed_freed(course_path("build/lessons/%s/%.*s", lesson,
                                     (int)strcspn(command, " "), command));
}

// Did this machine measure it, with this command?
static bool is_of_here(const char *origin, const char *command)
{
    char *now = measured_now(command);
    bool same = true;

    for (int i = 0; i < 2; i++) {
        const char *key = i == 0 ? "machine" : "command";
        char *then = measured_line(origin, key),
             *here = measured_line(now, key);

        same = same && then && here && strcmp(then, here) == 0;
        free(then);
        free(here);
    }
    free(now);
    return same;
}

// Without a chart's header nothing is fresh; telar plot then says what is
// wrong.
static bool is_measured(const char *lesson, const char *name)
{
    char *path = course_path("build/charts/%s/%s.measured", lesson, name);
    char *origin = keep_read(path, SMALL_BYTES, NULL), error[512];
    struct chart chart;
    bool fresh = false;

    free(path);
    if (origin && chart_read(lesson, name, &chart, error, sizeof error)) {
        long long when =
            changed_freed(course_path("build/charts/%s/%s.csv", lesson, name));

        fresh = is_of_here(origin, chart.program) && when >= 0 &&
                when >= program_changed(lesson, chart.program);
        chart_free(&chart);
    }
    free(origin);
    return fresh;
}

// Is the picture for slides as new as what was measured, its script and us?
static bool is_drawn(const char *lesson, const char *name, const char *language)
{
    long long drawn = changed_freed(course_path(
        "build/slides/charts/%s/%s/%s.svg", language, lesson, name));

    return drawn >= changed_freed(
                        course_path("build/charts/%s/%s.csv", lesson, name)) &&
           drawn >=
               changed_freed(course_path("lessons/%s/%s.gp", lesson, name)) &&
           drawn >= changed("/proc/self/exe");
}

// ---- Measuring and drawing --------------------------------------------------

// Those charts of a topic that something is to be done with.
struct chosen {
    char **names;
    size_t count;
};

static void choose(struct chosen *chosen, const struct deck_chart *chart)
{
    chosen->names = MUST(
        realloc(chosen->names, (chosen->count + 1) * sizeof *chosen->names));
    chosen->names[chosen->count++] = chart->name;
}

// Nothing chosen means all of them to plot_lesson.
static bool plot(struct plot_options *options, struct chosen *chosen)
{
    bool plotted = true;

    options->charts = chosen->names;
    options->chart_count = chosen->count;
    if (chosen->count > 0)
        plotted = plot_lesson(options) == 0;
    free(chosen->names);
    return plotted && !stop_signal;
}

static bool measure_topic(const struct deck_topic *topic, bool all)
{
    struct plot_options options = {.lesson = topic->name, .quiet = true};
    struct chosen chosen = {.count = 0};

    for (size_t i = 0; i < topic->chart_count; i++)
        if (all || !is_measured(topic->name, topic->charts[i].name))
            choose(&chosen, &topic->charts[i]);
    return plot(&options, &chosen);
}

static bool draw_topic(const struct deck_topic *topic, bool spanish)
{
    const char *language = deck_languages[spanish];
    char *from = course_path("build/charts/%s", topic->name);
    char *output =
        course_path("build/slides/charts/%s/%s", language, topic->name);
    struct plot_options options = {.lesson = topic->name,
                                   .from = from,
                                   .output = output,
                                   .quiet = true,
                                   .untitled = true};
    struct chosen chosen = {.count = 0};
    bool before = lang_is_spanish, drawn;

    for (size_t i = 0; i < topic->chart_count; i++)
        if (!is_drawn(topic->name, topic->charts[i].name, language))
            choose(&chosen, &topic->charts[i]);
    lang_is_spanish = spanish;
    drawn = plot(&options, &chosen);
    lang_is_spanish = before;
    free(from);
    free(output);
    return drawn;
}

// ---- Loading ----------------------------------------------------------------

static bool cannot_read(const char *path)
{
    could_not(M("could not read %s: %s", "no se pudo leer %s: %s"), path,
              error_words(errno));
    return false;
}

// ENDING of the chart in build/FOLDER/NN_topic; NULL, and said, without it.
static char *read_part(const struct deck_topic *topic, const char *folder,
                       const char *name, const char *ending, size_t *size)
{
    char *path =
        course_path("build/%s/%s/%s%s", folder, topic->name, name, ending);
    char *text = keep_read(path, SVG_LIMIT_BYTES, size);

    if (!text)
        cannot_read(path);
    free(path);
    return text;
}

static bool read_measured(const struct deck_topic *topic,
                          struct deck_chart *chart)
{
    struct plot_work *work = &chart->work;

    work->measured.rows = read_part(topic, "charts", chart->name, ".csv",
                                    &work->measured.rows_bytes);
    work->measured.facts =
        read_part(topic, "charts", chart->name, ".facts", NULL);
    work->origin = read_part(topic, "charts", chart->name, ".measured", NULL);
    return work->measured.rows && work->measured.facts && work->origin;
}

static bool understand(const struct deck_topic *topic, struct deck_chart *chart)
{
    static const struct plot_options options = {.from = "build/charts"};
    struct plot_work *work = &chart->work;

    work->options = &options;
    work->lesson = topic->name;
    if (chart_read(topic->name, chart->name, &work->chart, work->error,
                   sizeof work->error) &&
        plot_understand(work))
        return true;
    if (*work->error)
        could_not("%s", work->error);
    return false;
}

static bool load_language(const struct deck_topic *topic,
                          struct deck_chart *chart, bool spanish)
{
    char folder[32], error[1024];
    bool before = lang_is_spanish;

    snprintf(folder, sizeof folder, "slides/charts/%s",
             deck_languages[spanish]);
    chart->svg[spanish] = read_part(topic, folder, chart->name, ".svg", NULL);
    lang_is_spanish = spanish;
    chart->title[spanish] =
        chart_title_fill(&chart->work.chart, &chart->work.facts,
                         &chart->work.summary, error, sizeof error);
    lang_is_spanish = before;
    if (!chart->title[spanish])
        could_not("%s", error);
    return chart->svg[spanish] && chart->title[spanish];
}

static bool load_topic(struct deck_topic *topic)
{
    for (size_t i = 0; i < topic->chart_count; i++) {
        struct deck_chart *chart = &topic->charts[i];

        if (!read_measured(topic, chart) || !understand(topic, chart) ||
            !load_language(topic, chart, false) ||
            !load_language(topic, chart, true))
            return false;
    }
    return true;
}

// ---- All of it --------------------------------------------------------------

// Is there something to draw?
static bool has_work(const struct deck_topic *topic, bool measure)
{
    for (size_t i = 0; i < topic->chart_count; i++) {
        const char *name = topic->charts[i].name;

        if (measure || !is_measured(topic->name, name) ||
            !is_drawn(topic->name, name, deck_languages[DECK_ENGLISH]) ||
            !is_drawn(topic->name, name, deck_languages[DECK_SPANISH]))
            return true;
    }
    return false;
}

// Said before anything is measured, not minutes later.
static bool check_gnuplot(const struct deck *deck, bool measure)
{
    for (size_t t = 0; t < deck->topic_count; t++)
        if (!chart_draw_ready() && has_work(&deck->topics[t], measure)) {
            could_not("%s",
                      M("gnuplot is missing, which draws the charts of the "
                        "slides: \"./telar\" installs it, or \"sudo apt-get "
                        "install gnuplot-nox\"",
                        "falta gnuplot, que dibuja los gráficos de las "
                        "diapositivas: \"./telar\" lo instala, o \"sudo "
                        "apt-get install gnuplot-nox\""));
            return false;
        }
    return true;
}

// Drawn first in the language of who asks: in it are the complaints.
bool deck_charts_ready(struct deck *deck, bool measure)
{
    if (!check_gnuplot(deck, measure))
        return false;
    for (size_t t = 0; t < deck->topic_count; t++)
        if (!measure_topic(&deck->topics[t], measure))
            return false;
    for (size_t t = 0; t < deck->topic_count; t++)
        if (!draw_topic(&deck->topics[t], lang_is_spanish) ||
            !draw_topic(&deck->topics[t], !lang_is_spanish) ||
            !load_topic(&deck->topics[t]))
            return false;
    return true;
}
