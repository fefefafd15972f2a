// play_view.h - a game on a terminal: what happened, where everybody stands
//
// Interface: struct scene, view_board, view_source, view_task, view_why,
// view_chance.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_PLAY_VIEW_H
#define TELAR_PLAY_VIEW_H

#include <stdio.h>

#include "tools/explorer/play_goal.h"

struct scene {
    struct play *play;
    const struct goal *goal;
    const char *name;    // what is played
    const char *message; // lines about the latest command, or ""
    const char *keys;    // one or two lines that name the commands
    int rows;            // that it may take; 0: no limit
};

// Writes the board; of what happened, the last steps that there is room for.
void view_board(FILE *out, const struct scene *scene);

// The source around the line at which the task stands.
void view_source(FILE *out, struct play *play, int task);

// "thread 2 add", "main".
void view_task(const struct play *play, int task, char *text, size_t size);

// Why the task cannot go on, and by whom, down to the root: "waits for m1, which
// thread 2 holds, which waits for m2, which thread 1 holds: deadlock".
void view_why(struct play *play, const struct told_task *task, char *text,
              size_t size);

// "thread 2 wakes at changed without a signal".
void view_chance(struct play *play, const struct chance *chance, char *text,
                 size_t size);

// Writes text in lines as wide as the terminal (100 columns at most): the first
// behind used columns, the others behind indent spaces.
void view_wrapped(FILE *out, const char *text, int used, int indent);

#endif
