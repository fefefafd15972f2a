// chart_summary.h - what many measurements come to: medians, and how sure
//
// One entry for each series, measure and x, in this order: series and measures
// as they come first in the rows, x ascending.
//
// Interface: chart_summary_of, chart_summary_find, chart_summary_print,
// chart_summary_facts, chart_summary_free.
// Threads: no shared state. Ownership: a summary points into its rows.
#ifndef TELAR_CHART_SUMMARY_H
#define TELAR_CHART_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "runtime/stats.h"
#include "viz/chart_rows.h"

struct chart_entry {
    const char *series, *measure; // of the rows
    double x;
    struct stats stats;
};

struct chart_summary {
    struct chart_entry *list;
    size_t count;
};

// rows: as chart_rows_parse made them. Takes some milliseconds an entry.
void chart_summary_of(const struct chart_rows *rows,
                      struct chart_summary *summary);

// The entry at x: a number, or first, last, lowest, highest (figure.h). NULL
// when there is none.
const struct chart_entry *
chart_summary_find(const struct chart_summary *summary, const char *measure,
                   const char *series, const char *x);

// As CSV: series,x,measure,median,low,high,count.
void chart_summary_print(FILE *out, const struct chart_summary *summary);

// As lines "fact median.MEASURE.SERIES.X VALUE": also low, high, count, x, and
// first, last, lowest, highest for X; rounded, and with ".milli" behind the
// name in thousandths.
void chart_summary_facts(FILE *out, const struct chart_summary *summary);

void chart_summary_free(struct chart_summary *summary);

#endif
