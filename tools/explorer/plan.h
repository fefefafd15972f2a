// plan.h - what the engine is asked for
//
// Interface: struct plan, plan_usual, plan_search, plan_replay.
// Threads: no shared state. Ownership: the words are the caller's to free.
#ifndef TELAR_PLAN_H
#define TELAR_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "tools/explorer/kinds.h"
#include "tools/explorer/schedule.h"

// The fields of protocol.h, by their names.
struct plan {
    const char *strategy;
    enum points points;
    int preemptions, delays, depth; // -1: any; depth of pct
    uint64_t max;                   // executions, 0: no limit
    double seconds;                 // 0: no limit
    int spurious, expiries, steps;
    bool keep_going;
    enum failure_kind kind; // NO_FAILURE: any
    const char *check;      // "race,deadlock,...", NULL: the usual
    uint64_t seed;
};

// What is usual: dpor, synchronisation only.
struct plan plan_usual(void);

// The words of TELAR_WEAVE for a search.
char *plan_search(const struct plan *plan);

// For a replay of these steps ("": none), to the end of the program or just to
// theirs; of accesses all, or only those to shared memory.
char *plan_replay(const struct plan *plan, const char *steps, bool finish,
                  bool all_accesses);

#endif
