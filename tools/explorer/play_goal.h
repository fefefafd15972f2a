// play_goal.h - what a player is after, and whether it was reached
//
// Interface: struct goal, goal_named, goal_of, goal_words, goal_in,
// goal_reached, loss_find.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_PLAY_GOAL_H
#define TELAR_PLAY_GOAL_H

#include "tools/explorer/play.h"

enum goal_sort {
    GOAL_ANY,         // any failure
    GOAL_KIND,        // a failure of that kind
    GOAL_LOSE_UPDATE, // a write over what its writer had not seen
    GOAL_PROOF        // no failure was found: none can be reached, it seems
};

struct goal {
    enum goal_sort sort;
    enum failure_kind kind;
};

// From a word of --goal, in either language: "deadlock", "perder-suma".
bool goal_named(const char *word, struct goal *goal);

// What the goal asks, as a sentence without a full stop.
const char *goal_words(const struct goal *goal);

// One thread read what is at address, another wrote there, and the first one
// writes: indices of steps.
struct loss {
    size_t read, other, write;
};
bool loss_find(const struct replay *replay, struct loss *loss);

// Is the goal reached in a replay in which data races are not told?
bool goal_in(const struct goal *goal, const struct replay *replay);

// Is it where the game stands?
bool goal_reached(const struct goal *goal, const struct play *play);

#endif
