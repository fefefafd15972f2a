// play_input.h - what a player types: single keys on a terminal, else lines
//
// Interface: input_begin, input_end, input_key, input_line, input_rows, KEY_END,
// KEY_LOOK.
// Threads: one. Ownership: nothing is handed over. Whatever signal ends or stops
// the process, the terminal is as it was before.
#ifndef TELAR_PLAY_INPUT_H
#define TELAR_PLAY_INPUT_H

#include <stdbool.h>
#include <stddef.h>

enum {
    KEY_END = -1, // end of the input, or Ctrl-D
    KEY_LOOK = -2 // the screen has to be drawn anew
};

// The terminal gives single keys, and a screen of its own.
void input_begin(void);
void input_end(void);

// Waits for a key: a byte, KEY_END or KEY_LOOK. Arrows and the like are 27.
int input_key(void);

// Waits for a line of standard input, without its newline; what is too long is
// left out. False at the end.
bool input_line(char *line, size_t size);

// Rows of the terminal, 24 where nobody knows.
int input_rows(void);

#endif
