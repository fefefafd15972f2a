// fate.h - what becomes of a trace's file while it is shown
//
// A trace that is shown stays readable whatever happens to its name; but who
// looks at it should know that it is no longer the one of that name, or that
// nothing more will come.
//
// Interface: enum fate, struct fate_watch, fate_begin, fate_look, fate_words.
// Threads: one. Ownership: nothing is kept.
#ifndef TELAR_FATE_H
#define TELAR_FATE_H

#include "tools/trace/reader.h"

enum fate {
    FATE_SAME,
    FATE_REMOVED,
    FATE_REPLACED,    // another file has its name
    FATE_CUT,         // it is shorter than it was: nothing more can be read
    FATE_WRITER_GONE, // the process that made it has ended
};

struct fate_watch {
    enum fate file;       // what was said last of the file
    bool writer_was_here; // and has not been said to be gone
};

void fate_begin(struct fate_watch *watch, const struct reader *reader);

// What is new, each thing once; FATE_SAME: nothing.
enum fate fate_look(struct fate_watch *watch, const struct reader *reader);

// A sentence about it, in the language of message.h.
const char *fate_words(enum fate fate);

#endif
