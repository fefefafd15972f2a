// chart_figure.c - a figure looked up in what was measured
#include <string.h>

#include "runtime/message.h"
#include "viz/chart_figure.h"
#include "viz/chart_number.h"

struct search {
    const struct facts *facts;
    const struct chart_summary *summary;
    char *reason;
    size_t reason_size;
};

static bool refuse(struct search *search, const char *format, const char *name)
{
    snprintf(search->reason, search->reason_size, format, name);
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

static bool look_up_entry(struct search *search, const struct figure_term *term,
                          double *value)
{
    const struct chart_entry *entry = chart_summary_find(
        search->summary, term->measure, term->series, term->x);
    char name[4 * FIGURE_NAME_SIZE];

    if (entry) {
        *value = statistic_of(entry, term->name);
        return true;
    }
    snprintf(name, sizeof name, "%s:%s:%s:%s", term->name, term->measure,
             term->series, term->x);
    return refuse(search,
                  M("needs {%s}, and nothing was measured there",
                    "necesita {%s}, y ahí no se midió nada"),
                  name);
}

static bool look_up(struct search *search, const struct figure_term *term,
                    double *value)
{
    const struct fact_value *fact;

    if (*term->measure)
        return look_up_entry(search, term, value);
    fact = facts_find(search->facts, term->name);
    if (!fact)
        return refuse(search,
                      M("needs the fact {%s}, which the program did not say",
                        "necesita el hecho {%s}, que el programa no dijo"),
                      term->name);
    *value = (double)fact->value;
    return true;
}

static bool is_whole(const struct figure_term *term)
{
    return !*term->measure || strcmp(term->name, "count") == 0 ||
           strcmp(term->name, "x") == 0;
}

bool chart_figure_find(const struct figure *figure, const struct facts *facts,
                       const struct chart_summary *summary,
                       struct chart_figure *found, char *reason,
                       size_t reason_size)
{
    struct search search = {facts, summary, reason, reason_size};
    double above, below = 1;

    if (!look_up(&search, &figure->above, &above) ||
        (figure->quotient && !look_up(&search, &figure->below, &below)))
        return false;
    if (below == 0)
        return refuse(
            &search,
            M("divides by {%s}, which is 0", "divide por {%s}, que es 0"),
            figure->below.name);
    *found =
        (struct chart_figure){above / below, figure->quotient           ? 2
                                             : is_whole(&figure->above) ? 0
                                                                        : 3};
    return true;
}

void chart_figure_print(FILE *out, const struct chart_figure *found)
{
    char text[NUMBER_SIZE];

    if (found->digits == 0)
        chart_integer(text, found->value);
    else
        chart_number(text, found->value, found->digits);
    fputs(text, out);
}
