// experiment.h - a program of the lesson runs, and what it showed
//
// Interface: experiment_run, experiment_instrument.
// Threads: one. Ownership: the session owns facts and output.
#ifndef TELAR_EXPERIMENT_H
#define TELAR_EXPERIMENT_H

#include "tools/player/session.h"

// Runs the program of a "run", shows what it wrote, and takes its facts. Blocks
// until it has ended. What went wrong is said as a fault of that line.
void experiment_run(struct session *session, const struct item *item);

// Calls the instrument of a "view", "explore", "play" or "plot"; says so when
// this build has none.
void experiment_instrument(struct session *session, const struct item *item);

#endif
