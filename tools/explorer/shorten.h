// shorten.h - the same failure, told with less
//
// Interface: struct finding, shorten, consequence_of.
// Threads: no shared state. Ownership: steps are the caller's to free.
#ifndef TELAR_SHORTEN_H
#define TELAR_SHORTEN_H

#include "tools/explorer/explorer.h"

// A schedule that fails, and the plan under which it does.
struct finding {
    enum failure_kind kind;
    char *steps;
    int preemptions;
    bool fewest;
    struct plan plan;
};

// Looks for the same kind of failure with fewer preemptions, and without
// spurious wakeups and expiries, within about so many seconds. *finding gets
// better or stays.
void shorten(const struct explore_request *request, const char *program,
             double seconds, struct finding *finding);

// Lets racy accesses be points and a race no end: what comes of it? False when
// nothing was seen within about so many seconds.
bool consequence_of(const struct explore_request *request, const char *program,
                    double seconds, struct finding *finding);

#endif
