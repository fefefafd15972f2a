// display.h - a grid on a terminal, and the keys that come from there
//
// The only file that knows curses. Whatever ends the process (a signal, a
// crash), the terminal is as it was before.
//
// Interface: display_begin, display_end, display_show, display_key,
// display_rows, display_columns.
// Threads: one. Ownership: the screen keeps its own copy of what it shows.
#ifndef TELAR_DISPLAY_H
#define TELAR_DISPLAY_H

#include "tools/course/terminal.h"
#include "viz/grid.h"

// Takes the terminal. Returns false with a sentence in error when it cannot
// (no terminal, TERM unknown or dumb). large: all in bold. A signal that asks
// to end, or to stop, is obeyed by display_key; while the terminal does not
// read what is shown, at once.
bool display_begin(enum theme theme, bool large, char *error,
                   size_t error_size);
void display_end(void);

int display_rows(void);
int display_columns(void);

// Copies to the terminal the cells that differ from what it shows.
void display_show(const struct grid *grid);

// Waits for a key at most so long: a code of keys.h; CODE_NONE when none came,
// or when a signal asks to end (display_asked_to_end).
int display_key(int timeout_ms);

// The signal that asked to end, or -1 when the terminal is gone; 0: neither.
int display_asked_to_end(void);

#endif
