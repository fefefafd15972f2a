// chart_table.h - the medians of a chart in words, and its title
//
// Interface: chart_table_print, chart_table_title.
// Threads: no shared state. Ownership: everything is only read.
#ifndef TELAR_CHART_TABLE_H
#define TELAR_CHART_TABLE_H

#include <stdio.h>

#include "tools/course/chart.h"
#include "viz/chart_summary.h"

// The title, broken into lines of so many columns.
void chart_table_title(FILE *out, const char *title, int columns);

// For each measure that the chart's script draws (it names its label): a line
// for each x, of many x only some, with the median of each series and its
// interval. Within so many columns where the names allow it.
void chart_table_print(FILE *out, const struct chart *chart,
                       const struct chart_summary *summary, int columns);

#endif
