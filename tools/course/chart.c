// chart.c - a chart of a lesson: what its header says
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/chart.h"
#include "tools/course/course.h"
#include "tools/course/error_words.h"
#include "tools/course/figure.h"
#include "tools/course/keep.h"

enum { ENGLISH, SPANISH };

struct header {
    struct chart *chart;
    int line;
    char *error;
    size_t error_size;
};

// Says what is wrong in that line. Returns false, for "return complain(...)".
__attribute__((format(printf, 3, 4))) static bool
complain(struct header *h, int line, const char *format, ...)
{
    int used =
        snprintf(h->error, h->error_size, "%s:%d: ", h->chart->path, line);
    va_list rest;

    va_start(rest, format);
    if (used >= 0 && (size_t)used < h->error_size)
        vsnprintf(h->error + used, h->error_size - (size_t)used, format, rest);
    va_end(rest);
    return false;
}

// ---- One line ---------------------------------------------------------------

// "x.en" becomes "x" and ENGLISH; -1 when it names no language.
static int cut_language(char *key)
{
    char *dot = strrchr(key, '.');
    int language = -1;

    if (dot && strcmp(dot, ".en") == 0)
        language = ENGLISH;
    if (dot && strcmp(dot, ".es") == 0)
        language = SPANISH;
    if (language >= 0)
        *dot = '\0';
    return language;
}

static bool is_name(const char *key)
{
    size_t length = strlen(key);

    return length > 0 && length <= CHART_NAME_LIMIT &&
           strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

static bool is_series(const char *key)
{
    return strncmp(key, "series.", 7) == 0;
}

static struct chart_text *find_text(const struct chart *chart, const char *key)
{
    for (size_t i = 0; i < chart->text_count; i++)
        if (strcmp(chart->texts[i].key, key) == 0)
            return (struct chart_text *)&chart->texts[i];
    return NULL;
}

static struct chart_text *place_for(struct chart *chart, const char *key)
{
    struct chart_text *place = find_text(chart, key);

    if (place || chart->text_count == CHART_TEXT_LIMIT)
        return place;
    place = &chart->texts[chart->text_count++];
    *place = (struct chart_text){.key = MUST(strdup(key))};
    return place;
}

static bool take_text(struct header *h, const char *key, int language,
                      const char *value)
{
    struct chart_text *place;

    if (!is_name(is_series(key) ? key + 7 : key))
        return complain(h, h->line,
                        M("\"%s\" is no name: small letters, digits and _",
                          "\"%s\" no es un nombre: minúsculas, dígitos y _"),
                        key);
    place = place_for(h->chart, key);
    if (!place)
        return complain(h, h->line, M("too many texts", "demasiados textos"));
    if (place->text[language])
        return complain(h, h->line, M("\"%s\" twice", "\"%s\" dos veces"), key);
    place->text[language] = MUST(strdup(value));
    place->line[language] = h->line;
    return true;
}

static bool take_command(struct header *h, const char *key, const char *value)
{
    bool quick = strcmp(key, "quick") == 0;
    char **place = quick ? &h->chart->quick : &h->chart->program;

    if (!quick && strcmp(key, "program") != 0)
        return complain(h, h->line,
                        M("what is \"%s\"? A text is %s.en and %s.es",
                          "¿qué es \"%s\"? Un texto es %s.en y %s.es"),
                        key, key, key);
    if (*place)
        return complain(h, h->line, M("\"%s\" twice", "\"%s\" dos veces"), key);
    *place = MUST(strdup(value));
    *(quick ? &h->chart->quick_line : &h->chart->program_line) = h->line;
    return true;
}

static bool is_printable(const char *text)
{
    for (; *text; text++)
        if (iscntrl((unsigned char)*text))
            return false;
    return true;
}

static bool take_pair(struct header *h, char *key, const char *value)
{
    int language;

    if (!*value)
        return complain(h, h->line,
                        M("\"%s\" says nothing", "\"%s\" no dice nada"), key);
    if (strlen(value) > CHART_VALUE_LIMIT || !is_printable(value))
        return complain(h, h->line,
                        M("\"%s\" is too long or has control characters",
                          "\"%s\" es demasiado largo o tiene caracteres de "
                          "control"),
                        key);
    language = cut_language(key);
    return language < 0 ? take_command(h, key, value)
                        : take_text(h, key, language, value);
}

// line: without its '#' and its end.
static bool take_line(struct header *h, char *line)
{
    char *key = line + strspn(line, " \t"), *value;
    size_t length = strcspn(key, ": \t"), end = strlen(key);

    if (key[length] != ':' || length == 0)
        return true;
    while (end > 0 && strchr(" \t\r", key[end - 1]))
        key[--end] = '\0';
    key[length] = '\0';
    value = key + length + 1;
    return take_pair(h, key, value + strspn(value, " \t"));
}

static bool take_first_line(struct header *h, const char *line)
{
    size_t length = strlen(h->chart->name);

    line += strspn(line, " ");
    if (strncmp(line, h->chart->name, length) == 0 &&
        strncmp(line + length, ".gp - ", 6) == 0)
        return true;
    return complain(h, 1,
                    M("the first line is \"# %s.gp - what it shows\"",
                      "la primera línea es \"# %s.gp - what it shows\""),
                    h->chart->name);
}

// ---- The whole header -------------------------------------------------------

static bool check_text(struct header *h, const struct chart_text *text)
{
    int there = text->text[ENGLISH] ? ENGLISH : SPANISH;

    if (text->text[ENGLISH] && text->text[SPANISH])
        return true;
    return complain(
        h, text->line[there],
        M("%s.%s is here, %s.%s is missing", "está %s.%s y falta %s.%s"),
        text->key, there == ENGLISH ? "en" : "es", text->key,
        there == ENGLISH ? "es" : "en");
}

static bool has_series(const struct chart *chart, const char *name)
{
    for (size_t i = 0; i < chart->text_count; i++)
        if (is_series(chart->texts[i].key) &&
            strcmp(chart->texts[i].key + 7, name) == 0)
            return true;
    return false;
}

static bool is_measure(const struct chart_text *text)
{
    return !is_series(text->key) && strcmp(text->key, "title") != 0 &&
           strcmp(text->key, "x") != 0;
}

static bool has_measure(const struct chart *chart, const char *name)
{
    const struct chart_text *text = find_text(chart, name);

    return text && is_measure(text);
}

static bool check_term(struct header *h, int line,
                       const struct figure_term *term)
{
    if (!*term->measure)
        return true;
    if (!has_measure(h->chart, term->measure))
        return complain(h, line,
                        M("the title names the measure \"%s\", which has no "
                          "label here",
                          "el título nombra la medida \"%s\", que aquí no "
                          "tiene etiqueta"),
                        term->measure);
    if (!has_series(h->chart, term->series))
        return complain(h, line,
                        M("the title names the series \"%s\", which has no "
                          "legend here",
                          "el título nombra la serie \"%s\", que aquí no "
                          "tiene leyenda"),
                        term->series);
    return true;
}

static bool check_title(struct header *h, int language)
{
    const struct chart_text *title = find_text(h->chart, "title");
    const char *at = title->text[language];
    int line = title->line[language];
    struct figure figure;

    while (*(at += strcspn(at, "{}"))) {
        const char *from = at;

        if (!figure_take(&at, &figure))
            return complain(h, line,
                            M("no figure at \"%.30s\": {fact} or "
                              "{median:MEASURE:SERIES:X}",
                              "no hay una cifra en \"%.30s\": {hecho} o "
                              "{median:MEDIDA:SERIE:X}"),
                            from);
        if (!check_term(h, line, &figure.above) ||
            (figure.quotient && !check_term(h, line, &figure.below)))
            return false;
    }
    return true;
}

static bool check_complete(struct header *h)
{
    static const char *const needed[] = {"title", "x"};
    struct chart *chart = h->chart;

    if (!chart->program || !chart->quick)
        return complain(
            h, 1,
            M("the header needs \"%s:\"", "al encabezado le falta \"%s:\""),
            chart->program ? "quick" : "program");
    for (size_t i = 0; i < 2; i++)
        if (!find_text(chart, needed[i]))
            return complain(h, 1,
                            M("the header needs %s.en and %s.es",
                              "al encabezado le faltan %s.en y %s.es"),
                            needed[i], needed[i]);
    if (!chart_measure(chart, 0) || !chart_series(chart, 0))
        return complain(h, 1, "%s",
                        M("the header needs a label (MEASURE.en, MEASURE.es) "
                          "and a legend (series.KEY.en, series.KEY.es)",
                          "al encabezado le falta una etiqueta (MEDIDA.en, "
                          "MEDIDA.es) o una leyenda (series.CLAVE.en, "
                          "series.CLAVE.es)"));
    for (size_t i = 0; i < chart->text_count; i++)
        if (!check_text(h, &chart->texts[i]))
            return false;
    return check_title(h, ENGLISH) && check_title(h, SPANISH);
}

static bool take_header(struct header *h, char *text)
{
    char *line, *rest = text;

    while ((line = strsep(&rest, "\n")) && *line == '#') {
        h->line++;
        if (h->line == 1 ? !take_first_line(h, line + 1)
                         : !take_line(h, line + 1))
            return false;
    }
    return h->line > 0 ? check_complete(h) : take_first_line(h, "");
}

bool chart_parse(const char *path, const char *name, const char *text,
                 struct chart *chart, char *error, size_t error_size)
{
    struct header header = {
        .chart = chart, .error = error, .error_size = error_size};
    char *copy = MUST(strdup(text));
    bool good;

    *chart = (struct chart){.path = MUST(strdup(path)),
                            .name = MUST(strdup(name)),
                            .script = MUST(strdup(text))};
    good = take_header(&header, copy);
    free(copy);
    if (!good)
        chart_free(chart);
    return good;
}

bool chart_read(const char *lesson, const char *name, struct chart *chart,
                char *error, size_t error_size)
{
    char *path = course_path("lessons/%s/%s.gp", lesson, name), *text;
    const char *shown = path + strlen(course_root()) + 1;
    bool good = false;
    size_t size;

    text = keep_read(path, CHART_LIMIT_BYTES, &size);
    if (text && strlen(text) != size)
        snprintf(error, error_size, M("%s: a NUL byte", "%s: un byte nulo"),
                 shown);
    else if (text)
        good = chart_parse(shown, name, text, chart, error, error_size);
    else
        snprintf(error, error_size, "%s: %s", shown, error_words(errno));
    free(text);
    free(path);
    return good;
}

void chart_free(struct chart *chart)
{
    for (size_t i = 0; i < chart->text_count; i++) {
        free(chart->texts[i].key);
        free(chart->texts[i].text[ENGLISH]);
        free(chart->texts[i].text[SPANISH]);
    }
    free(chart->path);
    free(chart->name);
    free(chart->script);
    free(chart->program);
    free(chart->quick);
    *chart = (struct chart){.path = NULL};
}

// ---- Asking -----------------------------------------------------------------

const char *chart_text(const struct chart *chart, const char *key)
{
    const struct chart_text *text = find_text(chart, key);

    return text ? text->text[lang_is_spanish ? SPANISH : ENGLISH] : NULL;
}

int chart_line(const struct chart *chart, const char *key)
{
    const struct chart_text *text = find_text(chart, key);

    return text ? text->line[lang_is_spanish ? SPANISH : ENGLISH] : 0;
}

const char *chart_series(const struct chart *chart, size_t n)
{
    for (size_t i = 0; i < chart->text_count; i++)
        if (is_series(chart->texts[i].key) && n-- == 0)
            return chart->texts[i].key + 7;
    return NULL;
}

const char *chart_measure(const struct chart *chart, size_t n)
{
    for (size_t i = 0; i < chart->text_count; i++)
        if (is_measure(&chart->texts[i]) && n-- == 0)
            return chart->texts[i].key;
    return NULL;
}

// ---- Those of a lesson ------------------------------------------------------

static int is_chart(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return *entry->d_name != '.' && length > 3 &&
           strcmp(entry->d_name + length - 3, ".gp") == 0;
}

size_t chart_list(const char *lesson, char ***names)
{
    char *folder = course_path("lessons/%s", lesson);
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_chart, alphasort);

    free(folder);
    *names = NULL;
    if (count <= 0) {
        free(entries);
        return 0;
    }
    *names = MUST(calloc((size_t)count, sizeof **names));
    for (int i = 0; i < count; i++) {
        (*names)[i] =
            MUST(strndup(entries[i]->d_name, strlen(entries[i]->d_name) - 3));
        free(entries[i]);
    }
    free(entries);
    return (size_t)count;
}
