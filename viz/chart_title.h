// chart_title.h - a title says the result: its figures are looked up
//
// Interface: chart_title_fill.
// Threads: no shared state. Ownership: the caller frees the title.
#ifndef TELAR_CHART_TITLE_H
#define TELAR_CHART_TITLE_H

#include "tools/course/chart.h"
#include "tools/player/facts.h"
#include "viz/chart_summary.h"

// The title of chart in the language of message.h, its figures in place: facts
// whole, statistics with 3 significant digits, quotients with 2; numbers and
// units bound (units.h). NULL, with
// "FILE:LINE: what is missing" in error, when a figure cannot be had.
char *chart_title_fill(const struct chart *chart, const struct facts *facts,
                       const struct chart_summary *summary, char *error,
                       size_t error_size);

#endif
