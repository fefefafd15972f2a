// chart_table.c - the medians of a chart in words, and its title
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/course/terminal.h"
#include "tools/course/units.h"
#include "viz/chart_number.h"
#include "viz/chart_table.h"

enum { CELL_SIZE = 4 * NUMBER_SIZE, GAP = 2, LINES = 9 };

// A measure of some series, side by side.
struct table {
    const struct chart_summary *summary;
    const char *measure;
    double *xs; // ascending, each once
    size_t x_count;
    const char *series[ROW_SERIES_LIMIT], *names[ROW_SERIES_LIMIT];
    size_t widths[1 + ROW_SERIES_LIMIT]; // of x, then of each series
    size_t series_count;
};

// ---- Cells ------------------------------------------------------------------

static size_t width_of(const char *text)
{
    size_t width = 0;

    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static const struct chart_entry *entry_at(const struct table *table,
                                          const char *series, double x)
{
    const struct chart_summary *summary = table->summary;

    for (size_t i = 0; i < summary->count; i++)
        if (summary->list[i].x == x &&
            strcmp(summary->list[i].series, series) == 0 &&
            strcmp(summary->list[i].measure, table->measure) == 0)
            return &summary->list[i];
    return NULL;
}

// "0.352 (0.341 to 0.363)"; "64" where all measurements agree; "-" where there
// are none.
static void spell_cell(const struct table *table, const char *series, double x,
                       char cell[CELL_SIZE])
{
    const struct chart_entry *entry = entry_at(table, series, x);
    char median[NUMBER_SIZE], low[NUMBER_SIZE], high[NUMBER_SIZE];

    strcpy(cell, "-");
    if (!entry)
        return;
    chart_number(median, entry->stats.median, 3);
    snprintf(cell, CELL_SIZE, "%s", median);
    if (entry->stats.minimum == entry->stats.maximum && entry->stats.count > 1)
        return;
    chart_number(low, entry->stats.sure_low, 3);
    chart_number(high, entry->stats.sure_high, 3);
    snprintf(cell, CELL_SIZE, M("%s (%s to %s)", "%s (%s a %s)"), median, low,
             high);
}

static void widen(size_t *width, const char *text)
{
    if (width_of(text) > *width)
        *width = width_of(text);
}

// ---- Which lines ------------------------------------------------------------

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void find_xs(struct table *table)
{
    const struct chart_summary *summary = table->summary;
    size_t count = 0;

    table->xs = MUST(calloc(summary->count + 1, sizeof *table->xs));
    for (size_t i = 0; i < summary->count; i++)
        table->xs[count++] = summary->list[i].x;
    qsort(table->xs, count, sizeof *table->xs, compare);
    table->x_count = 0;
    for (size_t i = 0; i < count; i++)
        if (i == 0 || table->xs[i] != table->xs[i - 1])
            table->xs[table->x_count++] = table->xs[i];
}

// The first, the last, and the others at equal distances.
static void thin_out(struct table *table)
{
    size_t last = table->x_count - 1;

    if (table->x_count <= LINES)
        return;
    for (size_t i = 0; i < LINES; i++)
        table->xs[i] = table->xs[i * last / (LINES - 1)];
    table->x_count = LINES;
}

// ---- Laying it out ----------------------------------------------------------

static void measure_columns(struct table *table, const char *head)
{
    char cell[CELL_SIZE];

    table->widths[0] = width_of(head);
    for (size_t s = 0; s < table->series_count; s++)
        table->widths[1 + s] = width_of(table->names[s]);
    for (size_t i = 0; i < table->x_count; i++) {
        chart_integer(cell, table->xs[i]);
        widen(&table->widths[0], cell);
        for (size_t s = 0; s < table->series_count; s++) {
            spell_cell(table, table->series[s], table->xs[i], cell);
            widen(&table->widths[1 + s], cell);
        }
    }
}

static void print_cell(FILE *out, const char *text, size_t width, bool right)
{
    int space = (int)(width - width_of(text));

    if (right)
        fprintf(out, "%*s", GAP + space, "");
    else
        fprintf(out, "%*s", GAP, "");
    fputs(text, out);
}

// Series number from on, as many as fit. Returns the first that does not.
static size_t print_part(FILE *out, const struct table *table, const char *head,
                         size_t from, int columns)
{
    size_t used = GAP + table->widths[0], to = from;
    char cell[CELL_SIZE];

    for (; to < table->series_count; to++) {
        used += GAP + table->widths[1 + to];
        if (to > from && used > (size_t)columns)
            break;
    }
    print_cell(out, head, table->widths[0], true);
    for (size_t s = from; s < to; s++)
        print_cell(out, table->names[s], table->widths[1 + s], true);
    for (size_t i = 0; i < table->x_count; i++) {
        chart_integer(cell, table->xs[i]);
        fputc('\n', out);
        print_cell(out, cell, table->widths[0], true);
        for (size_t s = from; s < to; s++) {
            spell_cell(table, table->series[s], table->xs[i], cell);
            print_cell(out, cell, table->widths[1 + s], true);
        }
    }
    fputs("\n\n", out);
    return to;
}

static void take_series(struct table *table, const struct chart *chart)
{
    char full[CHART_NAME_LIMIT + 16];
    const char *key;

    for (size_t i = 0; (key = chart_series(chart, i)); i++) {
        if (i == ROW_SERIES_LIMIT)
            return;
        snprintf(full, sizeof full, "series.%s", key);
        table->series[i] = key;
        table->names[i] = chart_text(chart, full);
        table->series_count = i + 1;
    }
}

static void print_measure(FILE *out, const struct chart *chart,
                          struct table *table, int columns)
{
    const char *head = chart_text(chart, "x");

    fprintf(out,
            M("  %s: median (95 %% interval)\n",
              "  %s: mediana (intervalo del 95 %%)\n"),
            chart_text(chart, table->measure));
    measure_columns(table, head);
    for (size_t from = 0; from < table->series_count;)
        from = print_part(out, table, head, from, columns);
}

// ---- The interface ----------------------------------------------------------

static bool names_label(const struct chart *chart, const char *measure)
{
    char label[CHART_NAME_LIMIT + 16];

    snprintf(label, sizeof label, "label_%s", measure);
    return strstr(chart->script, label);
}

// A script that names no label at all may draw any of them.
static bool is_drawn(const struct chart *chart, const char *measure)
{
    return names_label(chart, measure) || !strstr(chart->script, "label_");
}

void chart_table_print(FILE *out, const struct chart *chart,
                       const struct chart_summary *summary, int columns)
{
    struct table table = {.summary = summary};
    const char *measure;

    take_series(&table, chart);
    find_xs(&table);
    thin_out(&table);
    for (size_t i = 0; (measure = chart_measure(chart, i)); i++) {
        table.measure = measure;
        if (is_drawn(chart, measure))
            print_measure(out, chart, &table, columns);
    }
    free(table.xs);
}

void chart_table_title(FILE *out, const char *title, int columns)
{
    size_t used = 0;

    while (*title) {
        size_t length = strcspn(title, " "), width = 0;

        for (size_t i = 0; i < length; i++)
            width += ((unsigned char)title[i] & 0xc0) != 0x80;
        if (used > 0 && used + 1 + width + 2 > (size_t)columns) {
            fputc('\n', out);
            used = 0;
        }
        fprintf(out, "%s%s", used ? " " : "  ", style(TITLE));
        units_print(out, title, length);
        fputs(style(PLAIN_TEXT), out);
        used += width + 1;
        title += length + (title[length] == ' ');
    }
    fputs("\n\n", out);
}
