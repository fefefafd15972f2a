// experiment.h - a program of the lesson runs, and what it showed
//
// Interface: experiment_run, experiment_view, experiment_cut,
// experiment_offer_view, experiment_trace, experiment_offer.
// Threads: one. Ownership: the session owns facts and output.
#ifndef TELAR_EXPERIMENT_H
#define TELAR_EXPERIMENT_H

#include "tools/player/session.h"

// Runs the program of a "run", shows what it wrote, and takes its facts. Blocks
// until it has ended. What went wrong is said as a fault of that line.
void experiment_run(struct session *session, const struct item *item);

// Shows the trace of a "view" with telar-view: to a person on the screen, else
// in words. Says so when this build has none.
void experiment_view(struct session *session, const struct item *item);

// Lets the person look at the trace of a "view" whenever she likes, from here
// on. Returns false where nobody can, or there is none.
bool experiment_offer_view(struct session *session, const struct item *item);

// Where the trace of a "run" or "explore" goes, because a "view" of this step
// wants it, or the run itself, or a person may; NULL when nobody does. The
// caller frees it.
char *experiment_trace(const struct session *session, const struct item *item);

// The result stands there: from now on a person can look at its trace, at that
// moment first, unless a "view" will show it. Takes trace; NULL: there is none.
void experiment_offer(struct session *session, const struct item *item,
                      char *trace, const char *at);

enum { ARGUMENT_LIMIT = 32 };

// Cuts text in place at its spaces, 'quotes' keeping some together, into argv
// from index first on; a NULL ends it. argv has room for ARGUMENT_LIMIT + 1.
void experiment_cut(char *text, char **argv, size_t first);

#endif
