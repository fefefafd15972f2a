// state.h - what one task is doing: the one place where an event changes it
//
// The writer uses it to put a checkpoint in front of each chunk, the model to
// follow every task: so there is one state machine.
//
// Interface: state_apply, state_is_moved_by, state_holds.
// Threads: no shared state; async-signal-safe. Ownership: the caller's structs.
#ifndef TELAR_STATE_H
#define TELAR_STATE_H

#include "tools/trace/trace.h"

// Moves state to after record (of any kind, also one that is not known).
// Returns false where the event cannot follow in that state, such as the
// release of a lock that is not owned; the state is as sensible as can be then.
bool state_apply(struct trace_state *state, const struct trace_record *record);

// Whether record can change state at all: most events do not.
static inline bool state_is_moved_by(const struct trace_state *state,
                                     const struct trace_record *record)
{
    return trace_kind_of(TRACE_KIND(record->last))->effect != TRACE_NO_EFFECT ||
           TRACE_PLACE_OF(record->last) != 0 || state->life == TRACE_UNKNOWN;
}

// Where object stands among the locks that state owns, or -1.
int state_holds(const struct trace_state *state, uint64_t object);

#endif
