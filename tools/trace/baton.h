// baton.h - a baton that threads pass to each other, inferred from signals
//
// An interpreter's global lock is no mutex that is held: its mutex is taken for
// moments, and who "has" the interpreter stands in a variable that no library
// call shows. But whoever takes it signals one condition, and whoever drops it
// another one (CPython, Python/ceval_gil.c: take_gil signals switch_cond,
// drop_gil signals cond). So: two conditions of one process that are signalled
// in turn, where the thread that signals the first is always the one that then
// signals the second, are taken for a baton. That is an inference and has to be
// labelled as one wherever it is shown.
//
// Interface: struct batons, batons_build, batons_see, batons_stop, batons_free,
// baton_name.
// Threads: one at a time. Ownership: batons own their memory.
#ifndef TELAR_BATON_H
#define TELAR_BATON_H

#include "tools/trace/track.h"

enum { BATON_TURNS = 16 }; // so many at least, or it is none

struct baton {
    uint32_t pid;
    uint64_t take, drop; // conditions, as in events
    struct track track;
    uint64_t passed; // turns whose task was not that of the turn before
    bool is_pythons; // a task of its process was once called python...
};

struct batons {
    struct baton *all;
    size_t count;
    struct baton_search *search; // while the trace is gone through
};

// Looks for them in the whole trace. Returns false when memory is short, with
// nothing left to free.
bool batons_build(struct batons *batons, const struct reader *reader);
void batons_free(struct batons *batons);

// For who walks through the trace himself (survey.h), with batons that begin as
// {0}: each event in its order, then the end. False: memory is short; after the
// stop with nothing left to free.
bool batons_see(struct batons *batons, const struct reader *reader,
                size_t event);
bool batons_stop(struct batons *batons);

// "GIL" in a process that is named python..., or was (a pyenv shim becomes it
// by exec), else "baton"; in the language of message.h, with the word that says
// that it is inferred.
const char *baton_name(const struct baton *baton);

#endif
