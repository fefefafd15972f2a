// explorer.h - is there a schedule in which this program goes wrong?
//
// First every schedule that could matter is tried (dpor). Where that takes too
// long, strategies that are known to find what is there to be found: partial
// order sampling, uniform walks, priorities that change, round robin with few
// deviations. A failure is then searched again, for the fewest preemptions.
//
// Interface: struct explore_request, struct exploration, explorer_judge,
// explorer_replay, explorer_free.
// Threads: one at a time. Ownership: an exploration owns all that is in it.
// Errors: false, with one line in error: what could not be judged, and why.
#ifndef TELAR_EXPLORER_H
#define TELAR_EXPLORER_H

#include "tools/explorer/build.h"
#include "tools/explorer/names.h"
#include "tools/explorer/plan.h"
#include "tools/explorer/report.h"
#include "tools/explorer/wordlist.h"

struct explore_request {
    struct build_request build;
    char *const *arguments; // of the program: argv[0], ..., NULL
    struct plan plan;       // strategy "auto"; seconds and max of it all
    bool points_are_auto;   // sync, then races to show a consequence
    const volatile sig_atomic_t *stop; // or NULL
    report_progress *progress;         // or NULL
    void *context;                     // of progress
};

enum verdict { PROVED, SAMPLED, FAILED };

// One search of those that led to the verdict.
struct effort {
    const char *strategy;
    int delays; // -1: not bounded
    uint64_t executions;
    bool exhausted;
};
enum { EFFORT_LIMIT = 8 };

struct exploration {
    struct build build;
    struct names *names;
    enum verdict verdict;
    enum failure_kind kind;
    uint64_t executions, redundant, cut, failing;
    uint64_t first_failure; // number of the execution, 0: none
    bool exhausted;
    bool interrupted;
    double seconds;       // of the searches
    const char *strategy; // that decided
    enum points points;   // of the schedule
    struct effort efforts[EFFORT_LIMIT];
    size_t effort_count;
    struct status_count
        *statuses; // how executions that ended by themselves did
    size_t status_count;
    bool refused; // (of what could not be judged) it does what is not supported
    struct wordlist bounds; // within which it holds, a sentence each
    struct wordlist doubts; // why it is not proved
    // Failed:
    char *schedule; // for people: schedule.h
    int preemptions;
    bool fewest; // no schedule with fewer preemptions fails so
    enum failure_kind consequence; // of a data race; NO_FAILURE: none was seen
    char *consequence_schedule;
    struct replay replay;
};

bool explorer_judge(const struct explore_request *request,
                    struct exploration *result, char *error, size_t error_size);

// Replays a schedule (of schedule.h) instead. The verdict is SAMPLED where
// nothing fails.
bool explorer_replay(const struct explore_request *request,
                     const char *schedule, struct exploration *result,
                     char *error, size_t error_size);

void explorer_free(struct exploration *result);

#endif
