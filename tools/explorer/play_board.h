// play_board.h - a game in lines: what happened, where everybody stands
//
// Interface: struct board, board_print, board_source, board_wrapped.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_PLAY_BOARD_H
#define TELAR_PLAY_BOARD_H

#include <stdio.h>

#include "tools/explorer/play_goal.h"

struct board {
    struct play *play;
    const struct goal *goal;
    const char *name; // what is played
    bool has_news;    // something is said of the latest command
};

// Writes the board; of what happened, the last steps.
void board_print(FILE *out, const struct board *board);

// The source around the line at which the task stands.
void board_source(FILE *out, struct play *play, int task);

// Writes text in lines as wide as the terminal (100 columns at most): the first
// behind used columns, the others behind indent spaces.
void board_wrapped(FILE *out, const char *text, int used, int indent);

#endif
