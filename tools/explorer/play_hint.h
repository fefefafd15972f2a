// play_hint.h - what to play for, and the next move towards it
//
// Interface: struct hinter, hinter_goal, hint_next, hinter_free.
// Threads: one at a time. Ownership: a hinter owns its schedule, not its
// request.
#ifndef TELAR_PLAY_HINT_H
#define TELAR_PLAY_HINT_H

#include "tools/explorer/explorer.h"
#include "tools/explorer/play_goal.h"

struct hinter {
    const struct explore_request *request; // its seconds: of a search
    bool has_searched;
    char *target; // STEPS that reach the goal, NULL: none is known
};

// A goal that this program can be made to reach, in about as many seconds as
// the request says. False when the program cannot be judged; error says why.
bool hinter_goal(struct hinter *hinter, struct play *play, struct goal *goal,
                 char *error, size_t error_size);

enum hint_sort { HINT_MOVE, HINT_UNDO, HINT_NONE };

struct hint {
    enum hint_sort sort;
    int task, alternative; // HINT_MOVE
    size_t moves;          // HINT_UNDO: so many
};

// What to do next. May take a second.
struct hint hint_next(struct hinter *hinter, struct play *play,
                      const struct goal *goal);

void hinter_free(struct hinter *hinter);

#endif
