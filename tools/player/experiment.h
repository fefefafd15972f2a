// experiment.h - a program of the lesson runs, and what it showed
//
// Interface: experiment_run, experiment_view, experiment_cut,
// experiment_trace.
// Threads: one. Ownership: the session owns facts and output.
#ifndef TELAR_EXPERIMENT_H
#define TELAR_EXPERIMENT_H

#include "tools/player/session.h"

// Runs the program of a "run", shows what it wrote, and takes its facts. Blocks
// until it has ended. What went wrong is said as a fault of that line.
void experiment_run(struct session *session, const struct item *item);

// Shows the trace of a "view" with telar-view; says so when this build has none.
void experiment_view(struct session *session, const struct item *item);

// Where the trace of a "run" or "explore" goes, for a "view" of it in this step;
// NULL when there is none. The caller frees it.
char *experiment_trace(const struct session *session, const struct item *item);

enum { ARGUMENT_LIMIT = 32 };

// Cuts text in place at its spaces, 'quotes' keeping some together, into argv
// from index first on; a NULL ends it. argv has room for ARGUMENT_LIMIT + 1.
void experiment_cut(char *text, char **argv, size_t first);

#endif
