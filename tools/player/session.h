// session.h - one lesson being played: what its rooms share
//
// Interface: session_scratch, session_begin_step, session_end,
// session_fault, session_asks_for, session_names, session_save,
// session_can_look, session_offer.
// Threads: one. Ownership: play.c or claims.c makes it and frees its parts.
#ifndef TELAR_SESSION_H
#define TELAR_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/course/look.h"
#include "tools/player/answers.h"
#include "tools/player/facts.h"
#include "tools/player/lesson.h"
#include "tools/player/output.h"
#include "tools/player/progress.h"

enum { PENDING_LIMIT = 32 };

// A question of the current step.
struct pending {
    const struct item *ask;
    char given[ANSWER_SIZE]; // "": no prediction
    int since;               // the last run before it was asked
    int settled_by;          // the run that answered it, 0: none yet
};

struct session {
    const char *name; // "02_pipes"
    struct lesson lesson;
    struct answers answers;
    struct progress progress;
    bool stores;         // predictions go to the disk
    bool notes;          // those for the teacher are shown
    const char *scratch; // a folder of our own
    int faults;          // of the lesson, or of what it needs
    char reason[512];    // of the latest fault

    // Of the step being played:
    const struct step *step;
    struct facts facts;
    struct output output; // of the last run
    int runs;             // so far in the whole session
    const struct item *last_run;
    bool run_failed;    // a program could not run: questions stay open
    bool no_instrument; // and so they do where this build has none for them
    struct pending pending[PENDING_LIMIT];
    size_t pending_count;
    char *trace;      // of what can be looked at, or NULL
    struct look look; // and how
};

// Makes the folder for experiments. Returns false, having said why, when it
// could not; session_end removes it.
bool session_scratch(struct session *session);

// The step steps[index] of the lesson, of which nothing was played yet.
void session_begin_step(struct session *session, size_t index);

// Nothing more is played: what the steps left behind goes.
void session_end(struct session *session);

// Says "FILE:LINE: ..." on standard error, keeps the reason and counts it.
void session_fault(struct session *session, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Does a condition of the step name this fact, with or without a prefix?
bool session_asks_for(const struct session *session, const char *fact);

// Does a question, a condition or the figure of a claim name exactly this?
bool session_names(const struct session *session, const char *fact);

// Is there a person who can open the visualizer?
bool session_can_look(void);

// This can be looked at from now on, with "v" at any question of the step;
// NULL: nothing. Copies the path of the trace alone.
void session_offer(struct session *session, const struct look *look);

// Saves the progress where it is kept. Returns false, having said why and with
// screen.wish QUIT, when it could not.
bool session_save(struct session *session);

#endif
