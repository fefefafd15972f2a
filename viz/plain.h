// plain.h - the state of a trace in words: for pipes, for screen readers
//
// Interface: plain_header, plain_state, plain_timeline, plain_findings,
// plain_source, plain_charts, plain_statistics, plain_break.
// Threads: one at a time. Ownership: nothing is kept. Errors of out are left in
// out. All of it speaks the language of message.h.
#ifndef TELAR_PLAIN_H
#define TELAR_PLAIN_H

#include <stdio.h>

#include "tools/trace/lanes.h"
#include "viz/stage.h"

// Where the trace comes from, how much is in it and what is not.
void plain_header(FILE *out, const struct model *model);

// Each task, lock, baton, pipe, queue and counter at the model's position; now
// is the time of its last event or later.
void plain_state(FILE *out, const struct model *model,
                 const struct batons *batons, const struct blocks *blocks,
                 uint64_t now);

// The main events from the first on, those of one kind in a row together; at
// most so many lines. Moves the model to its end.
void plain_timeline(FILE *out, struct model *model, int lines);

// What is wrong up to the model's position, one line each.
void plain_findings(FILE *out, const struct model *model,
                    const struct findings *findings);

// The line of the source at which each task stands.
void plain_source(FILE *out, const struct model *model);

// What each chart of the trace says, or why it says nothing. Moves the model.
void plain_charts(FILE *out, struct stage *stage);

// How much of the whole time each task did what, and its longest wait.
void plain_statistics(FILE *out, const struct model *model,
                      const struct lanes *lanes);

// Writes lines, each broken at spaces where it would pass so many columns.
void plain_break(FILE *out, const char *lines, int columns);

#endif
