// inks.h - the colour of each look, for as many colours as there are
//
// Okabe and Ito's, as the nearest of 256, of 16 and of 8. A look differs by its
// glyph or by bold as well: colour alone does not reach everybody.
//
// Interface: struct ink, ink_of, ink_number, ink_rgb, ink_text, ink_ground.
// Threads: any. Ownership: constants.
#ifndef TELAR_INKS_H
#define TELAR_INKS_H

#include "tools/course/terminal.h"
#include "viz/grid.h"

struct ink {
    short many, some, few; // number among 256, 16, 8; -1: the terminal's own
    bool is_bold, is_dim;
};

// How look is written on a ground of that theme; large: bold, and nothing dim.
struct ink ink_of(enum theme theme, enum look look, bool large);

// Its number where there are so many colours; -1: the terminal's own.
short ink_number(struct ink ink, int colours);

// Number 0 to 255 as 0xrrggbb, as xterm shows it.
uint32_t ink_rgb(int number);

// What a picture has as "the terminal's own": letters, and what is behind them.
uint32_t ink_text(enum theme theme);
uint32_t ink_ground(enum theme theme);

#endif
