// deck.c - the slides of the course, read and checked
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/keep.h"
#include "tools/player/pair.h"
#include "tools/player/plot.h"
#include "tools/player/show.h"
#include "viz/deck.h"

const char *const deck_languages[] = {"en", "es"};

bool deck_fail(const struct lesson *text, int line, const char *format, ...)
{
    char what[1024];
    va_list rest;

    va_start(rest, format);
    vsnprintf(what, sizeof what, format, rest);
    va_end(rest);
    could_not("%s:%d: %s", text->path, line, what);
    return false;
}

// ---- Figures ----------------------------------------------------------------

// Behind the code that begins with the signs at `at`: as many of the same end
// it. Without an end the signs are text.
static const char *skip_code(const char *at)
{
    size_t width = strspn(at, "`"), here;
    const char *end = at + width;

    while ((end = strchr(end, '`'))) {
        here = strspn(end, "`");
        if (here == width)
            return end + width;
        end += here;
    }
    return at + width;
}

const char *deck_figure_next(const char *text)
{
    while (*(text += strcspn(text, "`{")) == '`')
        text = skip_code(text);
    return text;
}

bool deck_figure_take(const char **at, char chart[FIGURE_NAME_SIZE],
                      struct figure *figure)
{
    size_t name = strcspn(*at + 1, ".{}\n"), all = strcspn(*at, "}\n");
    char *rest;
    const char *from;
    bool taken;

    if (name == 0 || name >= FIGURE_NAME_SIZE || (*at)[1 + name] != '.' ||
        (*at)[all] != '}')
        return false;
    snprintf(chart, FIGURE_NAME_SIZE, "%.*s", (int)name, *at + 1);
    MUST(asprintf(&rest, "{%.*s", (int)(all - name - 1), *at + name + 2));
    from = rest;
    taken = figure_take(&from, figure) && !*from;
    free(rest);
    *at += taken ? all + 1 : 0;
    return taken;
}

// ---- What a topic says ------------------------------------------------------

// One language of a topic that is looked through.
struct reading {
    struct deck_topic *topic;
    const struct lesson *text;
};

// Hears of every text of a slide: its title, then what stands on it.
typedef bool hear_text(struct reading *reading, const char *text, int line,
                       void *context);

static bool each_text(struct reading *reading, const struct step *step,
                      hear_text *hear, void *context)
{
    if (!hear(reading, step->title, step->line, context))
        return false;
    for (size_t i = 0; i < step->item_count; i++)
        if (step->items[i].body && !hear(reading, step->items[i].body,
                                         step->items[i].body_line, context))
            return false;
    return true;
}

// ---- Its charts -------------------------------------------------------------

static bool add_chart(struct reading *reading, const char *name, int line)
{
    struct deck_topic *topic = reading->topic;
    struct deck_chart *chart;
    char error[512];

    for (size_t i = 0; i < topic->chart_count; i++)
        if (strcmp(topic->charts[i].name, name) == 0)
            return true;
    if (!plot_check(topic->name, name, error, sizeof error))
        return deck_fail(reading->text, line,
                         M("the chart \"%s\": %s", "el gráfico \"%s\": %s"),
                         name, error);
    topic->charts = MUST(realloc(topic->charts, (topic->chart_count + 1) *
                                                    sizeof *topic->charts));
    chart = &topic->charts[topic->chart_count++];
    *chart = (struct deck_chart){.name = MUST(strdup(name))};
    return true;
}

// The line in which at stands; text begins in that line.
static int line_of(const char *text, int line, const char *at)
{
    for (; text < at; text++)
        line += *text == '\n';
    return line;
}

static bool check_figures(struct reading *reading, const char *text, int line,
                          void *context)
{
    char chart[FIGURE_NAME_SIZE];
    struct figure figure;
    const char *at = text;

    (void)context;
    while (*(at = deck_figure_next(at))) {
        int here = line_of(text, line, at);

        if (!deck_figure_take(&at, chart, &figure))
            return deck_fail(reading->text, here,
                             M("no {CHART.FIGURE} at \"%.20s\"",
                               "no hay {GRÁFICO.CIFRA} en \"%.20s\""),
                             at);
        if (!add_chart(reading, chart, here))
            return false;
    }
    return true;
}

// ---- Its code ---------------------------------------------------------------

static size_t count_characters(const char *text, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

static bool check_width(struct reading *reading, const struct item *item,
                        const char *source, struct cut cut)
{
    size_t length, code;

    for (int n = cut.first_line; n <= cut.last_line; n++) {
        const char *line = show_line(source, n, &length, &code);

        if (count_characters(line, length) > EXCERPT_COLUMNS)
            return deck_fail(reading->text, item->line,
                             M("%s:%d: more than %d characters in a line",
                               "%s:%d: más de %d caracteres en una línea"),
                             item_value(item, "file"), n, EXCERPT_COLUMNS);
    }
    return true;
}

// *lines: of all the code of the slide.
static bool check_cut(struct reading *reading, const struct item *item,
                      const char *source, int *lines)
{
    char reason[256];
    struct cut cut;

    if (!show_cut(source, item_value(item, "mark"), item_value(item, "to"),
                  (int)item_number(item, "lines", 0), &cut, reason,
                  sizeof reason))
        return deck_fail(reading->text, item->line, "%s: %s",
                         item_value(item, "file"), reason);
    *lines += cut.last_line - cut.first_line + 1;
    if (*lines > EXCERPT_LINES)
        return deck_fail(reading->text, item->line,
                         M("%d lines of code on a slide; %d can be read",
                           "%d líneas de código en una diapositiva; se leen "
                           "%d"),
                         *lines, EXCERPT_LINES);
    return check_width(reading, item, source, cut);
}

static bool check_show(struct reading *reading, const struct item *item,
                       int *lines)
{
    char *path = course_path("lessons/%s/%s", reading->topic->name,
                             item_value(item, "file"));
    char *source = keep_read(path, SLIDE_SOURCE_BYTES, NULL);
    bool good;

    if (source)
        good = check_cut(reading, item, source, lines);
    else
        good = deck_fail(reading->text, item->line, "%s: %s",
                         item_value(item, "file"), error_words(errno));
    free(source);
    free(path);
    return good;
}

// ---- Its slides -------------------------------------------------------------

static bool check_item(struct reading *reading, const struct item *item,
                       int *lines)
{
    switch (item->verb) {
    case VERB_TEXT:
    case VERB_NOTE:
        return true;
    case VERB_SHOW:
        return check_show(reading, item, lines);
    case VERB_PLOT:
        return add_chart(reading, item_value(item, "chart"), item->line);
    default:
        return deck_fail(reading->text, item->line,
                         M("a slide has no \"%s\": only show, plot and note",
                           "una diapositiva no lleva \"%s\": solo show, plot y "
                           "note"),
                         verb_name(item->verb));
    }
}

static bool check_slides(struct reading *reading)
{
    for (size_t s = 0; s < reading->text->step_count; s++) {
        const struct step *step = &reading->text->steps[s];
        int lines = 0;

        for (size_t i = 0; i < step->item_count; i++)
            if (!check_item(reading, &step->items[i], &lines))
                return false;
        if (!each_text(reading, step, check_figures, NULL))
            return false;
        reading->topic->code_lines[s] = lines;
    }
    return true;
}

static bool check_number(struct reading *reading)
{
    const char *title = reading->text->steps[0].title;

    if (strncmp(title, reading->topic->name, 2) == 0 && title[2] == ' ')
        return true;
    return deck_fail(reading->text, 1,
                     M("the title begins with %.2s", "el título empieza con "
                                                     "%.2s"),
                     reading->topic->name);
}

// ---- Both languages ---------------------------------------------------------

struct wanted {
    const char *figure;
    size_t length;
    bool found;
};

static bool look_for(struct reading *reading, const char *text, int line,
                     void *context)
{
    struct wanted *wanted = context;
    const char *at = text;

    (void)reading;
    (void)line;
    while (*(at = deck_figure_next(at))) {
        wanted->found |= strncmp(at, wanted->figure, wanted->length) == 0;
        at++;
    }
    return true;
}

// Is each figure of this text on that slide of the other language?
static bool check_other(struct reading *reading, const char *text, int line,
                        void *other)
{
    const char *at = text;

    while (*(at = deck_figure_next(at))) {
        struct wanted wanted = {.figure = at, .length = strcspn(at, "}") + 1};
        struct reading there = {reading->topic, NULL};

        each_text(&there, other, look_for, &wanted);
        if (!wanted.found)
            return deck_fail(reading->text, line_of(text, line, at),
                             M("the other language lacks %.*s on this slide",
                               "al otro idioma le falta %.*s en esta "
                               "diapositiva"),
                             (int)wanted.length, at);
        at++;
    }
    return true;
}

static void hear_difference(const struct lesson *text, int line,
                            const char *what, void *same)
{
    if (*(bool *)same)
        deck_fail(text, line, "%s", what);
    *(bool *)same = false;
}

static bool check_pair(struct deck_topic *topic)
{
    struct lesson *en = &topic->text[DECK_ENGLISH];
    struct lesson *es = &topic->text[DECK_SPANISH];
    struct reading english = {topic, en}, spanish = {topic, es};
    bool same = true;

    pair_check(es, en, hear_difference, &same);
    for (size_t s = 0; same && s < en->step_count; s++)
        same = each_text(&english, &en->steps[s], check_other, &es->steps[s]) &&
               each_text(&spanish, &es->steps[s], check_other, &en->steps[s]);
    return same;
}

// ---- The topics -------------------------------------------------------------

static bool read_text(struct deck_topic *topic, enum deck_language language)
{
    char *path =
        course_path("slides/%s.%s.md", topic->name, deck_languages[language]);
    struct lesson text;
    char error[512];
    bool read = lesson_read(path, &text, error, sizeof error);

    if (read)
        topic->text[language] = text;
    else
        could_not("%s", error);
    free(path);
    return read;
}

static bool read_topic(struct deck_topic *topic)
{
    for (int i = 0; i < DECK_LANGUAGES; i++) {
        struct reading reading = {topic, &topic->text[i]};

        if (!read_text(topic, (enum deck_language)i) ||
            !check_number(&reading) || !check_slides(&reading))
            return false;
    }
    return check_pair(topic);
}

// Has lesson a file of slides in either language?
static bool has_slides(const char *lesson)
{
    bool found = false;

    for (int i = 0; i < DECK_LANGUAGES; i++) {
        char *path = course_path("slides/%s.%s.md", lesson, deck_languages[i]);

        found |= access(path, F_OK) == 0;
        free(path);
    }
    return found;
}

bool deck_read(struct deck *deck)
{
    char **lessons;
    size_t count = course_list("lessons", &lessons);
    bool good = true;

    *deck =
        (struct deck){.topics = MUST(calloc(count + 1, sizeof *deck->topics))};
    for (size_t i = 0; good && i < count; i++) {
        struct deck_topic *topic = &deck->topics[deck->topic_count];

        if (!has_slides(lessons[i]))
            continue;
        topic->name = MUST(strdup(lessons[i]));
        deck->topic_count++;
        good = read_topic(topic);
    }
    course_free(lessons, count);
    if (good && deck->topic_count == 0)
        could_not(M("no lesson in %s has slides (slides/NN_topic.en.md)",
                    "ninguna lección de %s tiene diapositivas "
                    "(slides/NN_tema.es.md)"),
                  course_root());
    return good && deck->topic_count > 0;
}

static void free_chart(struct deck_chart *chart)
{
    for (int i = 0; i < DECK_LANGUAGES; i++) {
        free(chart->svg[i]);
        free(chart->title[i]);
    }
    plot_work_free(&chart->work);
    free(chart->name);
}

void deck_free(struct deck *deck)
{
    for (size_t t = 0; t < deck->topic_count; t++) {
        struct deck_topic *topic = &deck->topics[t];

        for (size_t c = 0; c < topic->chart_count; c++)
            free_chart(&topic->charts[c]);
        free(topic->charts);
        for (int i = 0; i < DECK_LANGUAGES; i++)
            if (topic->text[i].text)
                lesson_free(&topic->text[i]);
        free(topic->name);
    }
    free(deck->topics);
}
