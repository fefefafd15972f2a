// grid.h - what stands on the screen: cells, each with a character and a look
//
// Views draw into a grid and know no terminal; display.c copies to the terminal
// what differs, cast.c and the tests read the same cells.
//
// Interface: enum look, grid_size, grid_free, grid_wipe, grid_put, grid_text,
// grid_paragraph, grid_say, grid_fill, grid_reverse, grid_spread, grid_shown,
// cell_is, struct area, area_inside, glyph.
// Threads: one at a time. Ownership: a grid owns its cells. Whatever lies
// outside the grid is not drawn; nothing of it is an error.
#ifndef TELAR_GRID_H
#define TELAR_GRID_H

#include <stdbool.h>
#include <stdint.h>

// What a cell means. Its colour is in inks.h; each meaning differs by its glyph
// or by bold as well.
enum look {
    LOOK_PLAIN,
    LOOK_TITLE,
    LOOK_STRONG,
    LOOK_QUIET, // frames, rules, what is less important
    LOOK_GOOD,
    LOOK_WARNING,
    LOOK_BAD,
    LOOK_RUNNING,
    LOOK_READY,
    LOOK_BLOCKED,
    LOOK_SLEEPING,
    LOOK_HELD, // owned: a lock, a block of memory, an item in a queue
    LOOK_MARK, // marks A and B, the cursor of time
    LOOK_COUNT
};

struct cell {
    uint32_t character; // Unicode; 0: the right half of the wide one before it
    uint8_t look;       // enum look
    bool reversed;
    bool is_sign; // put by itself: a part of a lane or of a bar, no text
};

struct grid {
    int rows, columns;
    struct cell *cells; // row by row
};

// A part of a grid.
struct area {
    int row, column, rows, columns;
};

// Makes it that large and empty. Returns false when memory is short; the grid
// is then 0 x 0.
bool grid_size(struct grid *grid, int rows, int columns);
void grid_free(struct grid *grid);

void grid_wipe(struct grid *grid);
void grid_put(struct grid *grid, int row, int column, uint32_t character,
              enum look look);

// Writes UTF-8 text, at most limit columns of it; what is too long ends in an
// ellipsis. Control characters become '?'. Returns the columns it took.
int grid_text(struct grid *grid, int row, int column, int limit, enum look look,
              const char *text);

// Text over several rows of area, broken at spaces; what is too long ends in an
// ellipsis. Returns the rows it took.
int grid_paragraph(struct grid *grid, struct area area, enum look look,
                   const char *text);

// One row, with a format.
int grid_say(struct grid *grid, int row, int column, int limit, enum look look,
             const char *format, ...) __attribute__((format(printf, 6, 7)));

void grid_fill(struct grid *grid, struct area area, uint32_t character,
               enum look look);
void grid_reverse(struct grid *grid, struct area area);

// The large layout: each row of from becomes two of grid, which has twice as
// many; lanes, bars and what is reversed become two rows high, text gets a row
// of air.
void grid_spread(struct grid *grid, const struct grid *from);

// Cell number i as a terminal can show it: no half of a wide character without
// the other one.
struct cell grid_shown(const struct grid *grid, int i);
bool cell_is(const struct cell *a, const struct cell *b);

// The area without so many rows above and below.
struct area area_inside(struct area area, int above, int below);

// How many columns UTF-8 text takes.
int text_columns(const char *text);

// Where it is set nothing but ASCII gets into a grid: other signs, letters
// without their accents.
extern bool grid_ascii;

// The signs of the views.
enum sign {
    SIGN_RUNNING,
    SIGN_PARTLY, // running for less than half of the cell
    SIGN_UNSEEN, // not waiting, but its CPU was not recorded
    SIGN_READY,
    SIGN_BLOCKED,
    SIGN_SLEEPING,
    SIGN_UNKNOWN,
    SIGN_CURSOR,
    SIGN_RULE,
    SIGN_RIGHT,
    SIGN_LEFT,
    SIGN_FULL,
    SIGN_EMPTY,
    SIGN_ELLIPSIS,
    SIGN_HERE,
    SIGN_NOW,
    SIGN_COUNT
};
uint32_t glyph(enum sign sign);

#endif
