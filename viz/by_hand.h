// by_hand.h - from a failure that was explored to the game that goes on from it
//
// An explored trace says in a note which command continues it (trace_out.h).
//
// Interface: by_hand_command, by_hand_sources, by_hand_ask, by_hand_step,
// by_hand_run.
// Threads: one. Ownership: as said.
#ifndef TELAR_BY_HAND_H
#define TELAR_BY_HAND_H

#include "viz/stage.h"

// "./telar play ...": what the trace says; NULL where it says nothing, or
// something that is not to be run for somebody else (--cflags that do more than
// define, include, optimize and warn). Of the trace.
const char *by_hand_command(const struct stage *stage);

// Where the command has its files, the source of the trace is looked for, too.
void by_hand_sources(const struct stage *stage);

// The number of the latest step that has happened whole where the stage stands:
// a step has it as its time. UINT64_MAX: nobody does anything more.
uint64_t by_hand_step(const struct stage *stage);

// Shows the command; asked a second time, has the stage quit for it.
void by_hand_ask(struct stage *stage);

// Becomes telar-play, at the moment and in the view where the stage stands.
// Returns only when that is not possible: 2, and has said why.
int by_hand_run(const struct stage *stage);

#endif
