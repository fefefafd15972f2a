// chart_title.c - a title says the result: its figures are looked up
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/figure.h"
#include "viz/chart_number.h"
#include "viz/chart_title.h"

struct filling {
    const struct chart *chart;
    const struct facts *facts;
    const struct chart_summary *summary;
    char *error;
    size_t error_size;
};

static bool refuse(struct filling *f, const char *format, const char *name)
{
    int used = snprintf(f->error, f->error_size, "%s:%d: ", f->chart->path,
                        chart_line(f->chart, "title"));

    if (used >= 0 && (size_t)used < f->error_size)
        snprintf(f->error + used, f->error_size - (size_t)used, format, name);
    return false;
}

static double statistic_of(const struct chart_entry *entry, const char *name)
{
    if (strcmp(name, "low") == 0)
        return entry->stats.sure_low;
    if (strcmp(name, "high") == 0)
        return entry->stats.sure_high;
    if (strcmp(name, "count") == 0)
        return (double)entry->stats.count;
    return strcmp(name, "x") == 0 ? entry->x : entry->stats.median;
}

static bool look_up_entry(struct filling *f, const struct figure_term *term,
                          double *value)
{
    const struct chart_entry *entry =
        chart_summary_find(f->summary, term->measure, term->series, term->x);
    char name[4 * FIGURE_NAME_SIZE];

    if (entry) {
        *value = statistic_of(entry, term->name);
        return true;
    }
    snprintf(name, sizeof name, "%s:%s:%s:%s", term->name, term->measure,
             term->series, term->x);
    return refuse(f,
                  M("the title needs {%s}, and nothing was measured there",
                    "el título necesita {%s}, y ahí no se midió nada"),
                  name);
}

static bool look_up(struct filling *f, const struct figure_term *term,
                    double *value)
{
    const struct fact_value *fact;

    if (*term->measure)
        return look_up_entry(f, term, value);
    fact = facts_find(f->facts, term->name);
    if (!fact)
        return refuse(f,
                      M("the title needs the fact {%s}, which the program did "
                        "not say",
                        "el título necesita el hecho {%s}, que el programa no "
                        "dijo"),
                      term->name);
    *value = (double)fact->value;
    return true;
}

static bool is_whole(const struct figure_term *term)
{
    return !*term->measure || strcmp(term->name, "count") == 0 ||
           strcmp(term->name, "x") == 0;
}

static bool write_figure(struct filling *f, const struct figure *figure,
                         FILE *out)
{
    char text[NUMBER_SIZE];
    double above, below = 1;

    if (!look_up(f, &figure->above, &above) ||
        (figure->quotient && !look_up(f, &figure->below, &below)))
        return false;
    if (below == 0)
        return refuse(f,
                      M("the title divides by {%s}, which is 0",
                        "el título divide por {%s}, que es 0"),
                      figure->below.name);
    if (figure->quotient)
        chart_number(text, above / below, 2);
    else if (is_whole(&figure->above))
        chart_integer(text, above);
    else
        chart_number(text, above, 3);
    fputs(text, out);
    return true;
}

// The header was checked: every brace begins or ends a figure.
static bool write_title(struct filling *f, FILE *out)
{
    const char *at = chart_text(f->chart, "title");
    struct figure figure;

    while (*at) {
        size_t plain = strcspn(at, "{");

        fwrite(at, 1, plain, out);
        at += plain;
        if (*at &&
            (!figure_take(&at, &figure) || !write_figure(f, &figure, out)))
            return false;
    }
    return true;
}

char *chart_title_fill(const struct chart *chart, const struct facts *facts,
                       const struct chart_summary *summary, char *error,
                       size_t error_size)
{
    struct filling filling = {chart, facts, summary, error, error_size};
    char *title;
    size_t size;
    FILE *out = MUST(open_memstream(&title, &size));
    bool filled = write_title(&filling, out);

    fclose(out);
    if (filled)
        return title;
    free(title);
    return NULL;
}
