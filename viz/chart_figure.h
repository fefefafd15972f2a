// chart_figure.h - a figure looked up in what was measured
//
// Interface: chart_figure_find, chart_figure_print.
// Threads: no shared state. Ownership: everything is only read.
#ifndef TELAR_CHART_FIGURE_H
#define TELAR_CHART_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "tools/course/figure.h"
#include "tools/player/facts.h"
#include "viz/chart_summary.h"

struct chart_figure {
    double value;
    int digits; // that are significant, 0: all of a whole number
};

// Facts are whole; statistics have 3 significant digits, quotients 2. Returns
// false when it cannot be had, with the rest of a sentence in reason whose
// subject is who asks: "needs {...}, and nothing was measured there".
bool chart_figure_find(const struct figure *figure, const struct facts *facts,
                       const struct chart_summary *summary,
                       struct chart_figure *found, char *reason,
                       size_t reason_size);

// As the language of message.h writes it.
void chart_figure_print(FILE *out, const struct chart_figure *found);

#endif
