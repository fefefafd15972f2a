// record.h - the visualizer without a terminal, into a file: keys in, frames
// out
//
// Interface: struct recording, record_check, record_keys.
// Threads: one. Ownership: all strings are the caller's.
#ifndef TELAR_RECORD_H
#define TELAR_RECORD_H

#include "tools/course/terminal.h"
#include "viz/stage.h"

struct recording {
    const char *path; // ".cast": asciicast, ".svg": a picture that moves
    const char *keys; // script.h; NULL: the whole trace is played once
    enum theme theme;
    int rows, columns;
};

// Whether path and keys are such. Returns false with a sentence in error.
bool record_check(const struct recording *recording, char *error, size_t size);

// Presses the keys and records what is shown, in a time of its own: the same
// trace and the same keys give the same bytes. Returns false with a sentence in
// error.
bool record_keys(struct stage *stage, const struct recording *recording,
                 char *error, size_t size);

#endif
