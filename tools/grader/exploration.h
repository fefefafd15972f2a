// exploration.h - a promise that is kept in every interleaving
//
// The student's objects were made with the hooks of the explorer (compile.h),
// and so was the harness, trusted, that drives them. Here they are checked
// (object_check.h), explored in the box, and the explorer's verdict becomes the
// promise's: proved keeps it; failed breaks it, with the story, and so does
// sampled, since nobody knows. What is the student's doing breaks it; the
// grader's own trouble leaves it unjudged.
//
// Interface: exploration_try, exploration_is_checked, exploration_judge, struct
// explored.
// Threads: one. Ownership: see below.
#ifndef TELAR_EXPLORATION_H
#define TELAR_EXPLORATION_H

#include <stdbool.h>

#include "tools/grader/suite.h"

// Tries the promise of trial.h: returns when it is kept, else records why not
// and ends the test. Blocks until explored, at most about the promise's time.
void exploration_try(void);

// Can objects be checked on this machine? Where not, a proof is believed all
// the same, and the result says so.
extern const bool exploration_is_checked;

// ---- Parts, for tests -------------------------------------------------------

struct explored {
    const struct promise *promise;
    const char *files;   // "FILE.c FILE.c --cflags ...": as a person types it
    const char *options; // " --check ..." of the explorer, or ""
    const char *sources; // folder with the student's files
    const char *harness; // folder of the harness
    int status;          // exit status of the explorer, -1: it was killed
    const char *report;  // what it said: JSON
};

enum explored_end { EXPLORED_KEPT, EXPLORED_BROKEN, EXPLORED_UNJUDGED };

// What the report means. *message, for the last two, is the caller's to free.
enum explored_end exploration_judge(const struct explored *explored,
                                    char **message);

#endif
