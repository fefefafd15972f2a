// help.h - the keys and the signs, on as many pages as they need
//
// Made of the tables of keys. In a game its own keys are the first page.
//
// Interface: help_pages, help_draw.
// Threads: one. Ownership: nothing of the caller's is kept.
#ifndef TELAR_HELP_H
#define TELAR_HELP_H

#include "viz/stage.h"

// How many pages it has on a screen of that size.
int help_pages(const struct stage *stage, int rows, int columns);

// Draws page number stage->scroll.
void help_draw(const struct stage *stage, struct grid *grid);

#endif
