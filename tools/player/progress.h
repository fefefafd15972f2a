// progress.h - what a student predicted in a lesson and how far they came
//
// STATE/lessons/NN_topic.json, written whole at every change:
//   {"version": 1, "lesson": "02_pipes", "steps": {"capacity": {"done": true,
//    "asks": {"bytes": {"given": "4096", "first": "100", "right": "65536",
//    "correct": false, "at": "2025-03-01T10:00:00Z"}}}},
//    "claims": {"000_real_time": "false"}}
// "first" is the first prediction where a later one replaced it.
//
// Interface: progress_open, progress_close, progress_save, progress_predict,
// progress_judge, progress_claim, progress_finish, progress_is_done,
// progress_given, progress_next, progress_begun.
// Threads: one. Ownership: a progress owns its tree; strings it returns live
// until its next change.
#ifndef TELAR_PROGRESS_H
#define TELAR_PROGRESS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "tools/player/lesson.h"

struct progress {
    char *path;
    json_t *tree;
};

enum progress_opening {
    PROGRESS_READ,    // or there was none yet
    PROGRESS_DAMAGED, // it was kept as PATH.damaged; begins anew
    PROGRESS_FAILED   // could not be read, or is of a newer Telar
};

// Reads the progress of lesson "NN_topic" from state folder. In notice: what
// the user should hear, "" when nothing. After PROGRESS_FAILED nothing needs
// to be closed. With keep false a damaged file stays where it is.
enum progress_opening progress_open(const char *lesson, bool keep,
                                    struct progress *progress, char *notice,
                                    size_t notice_size);
void progress_close(struct progress *progress);

// Puts it on the disk, fsync included. Returns false with errno, the old file
// untouched.
bool progress_save(const struct progress *progress);

// These change memory only; save follows.
void progress_predict(struct progress *progress, const char *step,
                      const char *ask, const char *given);
void progress_judge(struct progress *progress, const char *step,
                    const char *ask, const char *right, bool correct);
void progress_claim(struct progress *progress, const char *claim,
                    const char *verdict);
void progress_finish(struct progress *progress, const char *step);

bool progress_is_done(const struct progress *progress, const char *step);

// The last prediction, NULL when there is none.
const char *progress_given(const struct progress *progress, const char *step,
                           const char *ask);

// The first step that is not done; 0 when all are.
size_t progress_next(const struct progress *progress,
                     const struct lesson *lesson);

// Is anything of the lesson predicted or done?
bool progress_begun(const struct progress *progress);

#endif
