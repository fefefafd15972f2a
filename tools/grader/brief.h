// brief.h - what a lab promises, as its suite describes it
//
// Interface: brief_load, brief_free, brief_levels, brief_builds.
// Threads: no shared state. Ownership: a brief owns its strings.
#ifndef TELAR_BRIEF_H
#define TELAR_BRIEF_H

#include <jansson.h>
#include <stdbool.h>

enum { BUILD_PLAIN, BUILD_ADDRESS, BUILD_FAULTS, BUILD_EXPLORE, BUILDS };
enum { BRIEF_FILES = 8, BRIEF_FAULTS = 24, LEVELS = 3 };

struct brief_promise {
    const char *name;
    int level; // 0 basic, 1 intermediate, 2 advanced
    int points;
    int build; // BUILD_PLAIN, ...
    const char *english, *spanish;
    const char *man, *step; // or NULL
    const char *explore;    // of BUILD_EXPLORE: the harness's name
};

struct brief {
    char *lab;                          // "02_pipes"
    char *suite;                        // path of the suite's program
    const char *files[BRIEF_FILES + 1]; // what a student edits; ends with NULL
    const char *given[BRIEF_FILES + 1];
    const char *faults[BRIEF_FAULTS + 1];
    struct brief_promise *promises;
    int promise_count;
    int points;          // of all promises
    bool builds[BUILDS]; // those that a promise needs
    json_t *source;      // owns the strings
};

// Asks the lab's suite. Returns NULL after saying, on standard error, what
// could not be done. The caller frees.
struct brief *brief_load(const char *lab);

void brief_free(struct brief *brief);

// The names of levels and builds as JSON has them.
extern const char *const brief_levels[LEVELS], *const brief_builds[BUILDS];

#endif
