// cast_svg.h - what the screen shows, as a picture that moves
//
// Text stays text. Each different row is in the file once, however often it
// comes back; what is reversed (the cursor of time, a selection) lies over the
// rows, so that a cursor that moves makes no new ones. A program that shows no
// movement shows the last moment. The same grids at the same times give the
// same bytes.
//
// Interface: struct cast_svg, cast_svg_begin, cast_svg_frame, cast_svg_end.
// Threads: one at a time. Ownership: a cast_svg owns its memory.
#ifndef TELAR_CAST_SVG_H
#define TELAR_CAST_SVG_H

#include <stdio.h>

#include "viz/inks.h"

struct cast_piece { // a row without what is reversed, or a reversed stretch
    char *svg;      // with its left upper corner at 0, 0
    uint32_t next;  // of the same hash, index + 1
    bool is_over;   // over the rows
};

struct cast_shown { // a piece on a row, from a time to another one
    uint32_t piece;
    int row;
    uint64_t from_ns, to_ns;
};

struct cast_svg {
    enum theme theme;
    bool large;
    int rows, columns;
    struct cast_piece *pieces;
    uint32_t piece_count, piece_room;
    uint32_t buckets[1024];   // first piece of a hash, index + 1
    struct cast_shown *shown; // [0] to [open - 1] have ended
    uint32_t shown_count, shown_room;
    uint32_t *open; // those that have not ended
    uint32_t open_count, open_room;
};

// All that is allocated must be there: where memory is short the process ends
// with a message (must.h).
void cast_svg_begin(struct cast_svg *svg, enum theme theme, bool large,
                    int rows, int columns);

// What is shown from that time on. Times must not go back; the grid has the
// size of the beginning.
void cast_svg_frame(struct cast_svg *svg, uint64_t time_ns,
                    const struct grid *grid);

// Writes the picture, of which that time is the end, at path, whole or not at
// all, and frees svg. Returns false with errno.
bool cast_svg_end(struct cast_svg *svg, uint64_t time_ns, const char *path);

#endif
