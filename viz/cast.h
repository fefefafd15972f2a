// cast.h - what the screen shows, as an asciicast (version 2) on disk
//
// Read from the cell grid, not from a terminal, and only what changes. One JSON
// value a line, so that a file whose writer was killed is still good but for
// its last line. Nothing in it depends on the machine or on the day: the same
// grids at the same times give the same bytes. (docs.asciinema.org, asciicast
// v2)
//
// Interface: struct cast, cast_begin, cast_frame, cast_end.
// Threads: one at a time. Ownership: a cast owns its file and a grid.
#ifndef TELAR_CAST_H
#define TELAR_CAST_H

#include <stdio.h>

#include "viz/inks.h"

struct cast {
    FILE *out;
    enum theme theme;
    bool large;
    struct grid shown;
};

// Begins the file at path, which must not exist where is_new. Returns false
// with errno.
bool cast_begin(struct cast *cast, const char *path, bool is_new,
                enum theme theme, bool large, int rows, int columns);

// What is shown from that time on, counted from the beginning. Times must not
// go back. Returns false with errno when it could not be written.
bool cast_frame(struct cast *cast, uint64_t time_ns, const struct grid *grid);

// The end of the recording; returns false with errno when a part of it could
// not be written.
bool cast_end(struct cast *cast, uint64_t time_ns);

#endif
