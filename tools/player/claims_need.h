// claims_need.h - which experiments of its step a claim needs
//
// Interface: claims_is_experiment, claims_can_say, claims_need.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_CLAIMS_NEED_H
#define TELAR_CLAIMS_NEED_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/player/lesson.h"

// Can it say facts?
bool claims_is_experiment(const struct item *item);

// May an experiment before the claim step->items[claim] say this fact? Of one
// with a prefix: is there an experiment with as=PREFIX, or an exploration for
// explore.FACT, or a plot for median.M.S.X? Of any other: is there a run or a
// plot at all?
bool claims_can_say(const struct step *step, size_t claim, const char *fact);

// Sets needed[i] for each item i of the step, of the lesson called name, whose
// facts the claim step->items[claim] names: the experiment with as=PREFIX, the
// latest exploration before the claim for explore.FACT, the latest plot for a
// figure of its summary, the latest run for what every run says, and for any
// other fact the runs whose source names it; all experiments before the claim
// where none does. Reads those sources.
void claims_need(const char *name, const struct step *step, size_t claim,
                 bool needed[ITEM_LIMIT]);

#endif
