// plot.h - a chart of the lesson is measured and drawn
//
// Interface: plot_draw, plot_check.
// Threads: one. Ownership: the session owns its facts.
#ifndef TELAR_PLAYER_PLOT_H
#define TELAR_PLAYER_PLOT_H

#include "tools/player/session.h"

// Measures and draws the chart of a "plot" with telar-plot, shows it and takes
// what it found as facts: in full, into build/charts, where a person waits;
// else the short measurement, into the scratch folder. Blocks until it has
// ended. What went wrong is said as a fault of that line; that this build has
// no telar-plot, as a remark.
void plot_draw(struct session *session, const struct item *item);

// Is the chart of lesson "03_buffers" there, its header complete, its programs
// too? Returns false with what is wrong in error.
bool plot_check(const char *lesson, const char *chart, char *error,
                size_t error_size);

#endif
