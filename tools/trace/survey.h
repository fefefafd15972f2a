// survey.h - all that is kept of a trace beside the model, made in one walk
//
// Interface: struct survey, survey_build.
// Threads: one at a time. Ownership: what it fills is the caller's, each to be
// freed as its header says.
#ifndef TELAR_SURVEY_H
#define TELAR_SURVEY_H

#include "tools/trace/baton.h"
#include "tools/trace/blocks.h"
#include "tools/trace/flows.h"
#include "tools/trace/lanes.h"

struct survey {
    struct lanes *lanes;
    struct findings *findings;
    struct batons *batons;
    struct flows *flows;
    struct blocks *blocks;
    struct tracks *coroutines;
};

// Takes a model in which nothing has happened yet (model_begin) through the
// whole trace; it stands at the end afterwards. Returns false when memory is
// short for lanes or findings, with nothing left to free; where it is short for
// one of the others, that one is empty.
bool survey_build(const struct survey *survey, struct model *model);

#endif
