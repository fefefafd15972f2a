// menu.h - the course: its lessons, how far each is, the score of its lab
//
// Interface: menu_show.
// Threads: one. Ownership: the options are only read.
#ifndef TELAR_MENU_H
#define TELAR_MENU_H

#include "tools/player/play.h"

// On a terminal: shows the course and plays what the person chooses, with these
// options, until they quit. Elsewhere: the map and the next step. Returns the
// exit status.
int menu_show(const struct play_options *options);

#endif
