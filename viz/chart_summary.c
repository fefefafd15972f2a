// chart_summary.c - what many measurements come to: medians, and how sure
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/must.h"
#include "viz/chart_summary.h"

// ---- Making it --------------------------------------------------------------

struct point {
    double x, value;
};

static int by_x(const void *a, const void *b)
{
    const struct point *p = a, *q = b;

    return (p->x > q->x) - (p->x < q->x);
}

// The points of one series in one measure, by x. Returns their number.
static size_t gather(const struct chart_rows *rows, size_t series,
                     size_t measure, struct point *points)
{
    size_t width = 1 + rows->measure_count, count = 0;

    for (size_t i = 0; i < rows->count; i++)
        if (rows->series_of[i] == series)
            points[count++] = (struct point){
                rows->cells[i * width], rows->cells[i * width + 1 + measure]};
    qsort(points, count, sizeof *points, by_x);
    return count;
}

static void add(struct chart_summary *summary, const struct chart_entry *entry)
{
    size_t count = summary->count;

    if ((count & (count - 1)) == 0) // a power of two: it is full
        summary->list = MUST(realloc(summary->list, (count ? 2 * count : 1) *
                                                        sizeof *summary->list));
    summary->list[summary->count++] = *entry;
}

// Points with the same x become one entry.
static void sum_up(struct chart_summary *summary, struct chart_entry entry,
                   const struct point *points, size_t count)
{
    double *values = MUST(calloc(count, sizeof *values));

    for (size_t from = 0, to; from < count; from = to) {
        for (to = from; to < count && points[to].x == points[from].x; to++)
            values[to - from] = points[to].value;
        entry.x = points[from].x;
        if (stats_of(values, to - from, &entry.stats))
            add(summary, &entry);
    }
    free(values);
}

void chart_summary_of(const struct chart_rows *rows,
                      struct chart_summary *summary)
{
    struct point *points = MUST(calloc(rows->count, sizeof *points));

    *summary = (struct chart_summary){.list = NULL};
    for (size_t s = 0; s < rows->series_count; s++)
        for (size_t m = 0; m < rows->measure_count; m++) {
            struct chart_entry entry = {.series = rows->series[s],
                                        .measure = rows->measures[m]};

            sum_up(summary, entry, points, gather(rows, s, m, points));
        }
    free(points);
}

void chart_summary_free(struct chart_summary *summary)
{
    free(summary->list);
    *summary = (struct chart_summary){.list = NULL};
}

// ---- Asking it --------------------------------------------------------------

// Is entry a better answer to x than the best so far?
static bool is_better(const struct chart_entry *entry,
                      const struct chart_entry *best, const char *x)
{
    if (strcmp(x, "first") == 0)
        return !best;
    if (strcmp(x, "last") == 0)
        return true;
    if (strcmp(x, "lowest") == 0)
        return !best || entry->stats.median < best->stats.median;
    if (strcmp(x, "highest") == 0)
        return !best || entry->stats.median > best->stats.median;
    return entry->x == strtod(x, NULL);
}

static bool is_place(const char *x)
{
    char *end;
    double value = strtod(x, &end);

    return (end != x && !*end && isfinite(value)) || strcmp(x, "first") == 0 ||
           strcmp(x, "last") == 0 || strcmp(x, "lowest") == 0 ||
           strcmp(x, "highest") == 0;
}

const struct chart_entry *
chart_summary_find(const struct chart_summary *summary, const char *measure,
                   const char *series, const char *x)
{
    const struct chart_entry *best = NULL;

    for (size_t i = 0; is_place(x) && i < summary->count; i++) {
        const struct chart_entry *entry = &summary->list[i];

        if (strcmp(entry->measure, measure) == 0 &&
            strcmp(entry->series, series) == 0 && is_better(entry, best, x))
            best = entry;
    }
    return best;
}

// ---- As text ----------------------------------------------------------------

void chart_summary_print(FILE *out, const struct chart_summary *summary)
{
    fputs("series,x,measure,median,low,high,count\n", out);
    for (size_t i = 0; i < summary->count; i++) {
        const struct chart_entry *e = &summary->list[i];

        fprintf(out, "%s,%.15g,%s,%.10g,%.10g,%.10g,%zu\n", e->series, e->x,
                e->measure, e->stats.median, e->stats.sure_low,
                e->stats.sure_high, e->stats.count);
    }
}

// What does not fit into an integer is left out.
static void print_fact(FILE *out, const char *name, const char *suffix,
                       double value)
{
    if (fabs(value) < 9e18)
        fprintf(out, "fact %s%s %lld\n", name, suffix, llround(value));
}

static void print_facts(FILE *out, const struct chart_entry *e, const char *x)
{
    const struct {
        const char *name;
        double value;
    } facts[] = {
        {"median", e->stats.median},
        {"low", e->stats.sure_low},
        {"high", e->stats.sure_high},
        {"count", (double)e->stats.count},
        {"x", e->x},
    };
    char name[256];

    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        snprintf(name, sizeof name, "%s.%s.%s.%s", facts[i].name, e->measure,
                 e->series, x);
        print_fact(out, name, "", facts[i].value);
        print_fact(out, name, ".milli", 1000 * facts[i].value);
    }
}

// How many entries from the first on are of its series and measure.
static size_t group_size(const struct chart_entry *list, size_t count)
{
    size_t size = 1;

    while (size < count && list[size].series == list->series &&
           list[size].measure == list->measure)
        size++;
    return size;
}

static void print_group(FILE *out, const struct chart_summary *group)
{
    static const char *const places[] = {"first", "last", "lowest", "highest"};
    const struct chart_entry *first = group->list;
    char x[40];

    for (size_t i = 0; i < group->count; i++) {
        snprintf(x, sizeof x, "%.15g", group->list[i].x);
        print_facts(out, &group->list[i], x);
    }
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        print_facts(
            out,
            chart_summary_find(group, first->measure, first->series, places[i]),
            places[i]);
}

void chart_summary_facts(FILE *out, const struct chart_summary *summary)
{
    struct chart_summary group = {.list = summary->list};

    for (size_t left = summary->count; left > 0; left -= group.count) {
        group.count = group_size(group.list, left);
        print_group(out, &group);
        group.list += group.count;
    }
}
