// play.h - a lesson from its first step to its last
//
// Interface: play_lesson.
// Threads: one. Ownership: the options are only read.
#ifndef TELAR_PLAY_H
#define TELAR_PLAY_H

#include <stdbool.h>

struct play_options {
    const char *lesson;  // "02", "pipes"
    const char *step;    // number or id to begin at, or NULL
    const char *answers; // path of an answers file, or NULL
    bool automatic;      // nobody answers
    bool notes;          // show those for the teacher
    bool save;           // predictions and progress are kept
};

// Plays it. Blocks until the end or until the person quits. Returns the exit
// status: 0 played or quit, 2 when it could not be played as written, said on
// standard error.
int play_lesson(const struct play_options *options);

#endif
