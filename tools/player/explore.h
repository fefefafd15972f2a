// explore.h - a program of the lesson goes through its interleavings
//
// Interface: explore_program, explore_play, explore_playable.
// Threads: one. Ownership: the session owns its facts.
#ifndef TELAR_EXPLORE_H
#define TELAR_EXPLORE_H

#include "tools/player/session.h"

// Runs telar-explore as an "explore" says, shows its report and takes what it
// found as facts. Blocks until it has ended. What went wrong is said as a fault
// of that line; that this build has no explorer, as a remark.
void explore_program(struct session *session, const struct item *item);

// Lets the person schedule the program of a "play" in telar-play; where nobody
// can, says which command does.
void explore_play(struct session *session, const struct item *item);

// Is there a person, at a terminal?
bool explore_playable(void);

#endif
