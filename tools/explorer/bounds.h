// bounds.h - within which limits a verdict holds, in sentences
//
// Interface: bounds_take, bounds_unfinished.
// Threads: no shared state. Ownership: the lists belong to the exploration.
#ifndef TELAR_BOUNDS_H
#define TELAR_BOUNDS_H

#include "tools/explorer/explorer.h"

// What report says of limits becomes sentences of result: bounds that a proof
// states, doubts that make it none. Each stands there once.
void bounds_take(struct exploration *result, const struct plan *plan,
                 const struct search_report *report);

// The engine did not come to its end in time and was killed.
void bounds_unfinished(struct exploration *result);

#endif
