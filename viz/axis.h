// axis.h - the axis of time above the lanes
//
// Interface: struct axis, axis_time, axis_middle, axis_column, axis_draw.
// Threads: one. Ownership: the stage is the caller's.
#ifndef TELAR_AXIS_H
#define TELAR_AXIS_H

#include "viz/stage.h"

struct axis {
    const struct stage *stage;
    int column, columns; // of the lanes, on the screen
};

// The time at the left edge of column i, counted from the axis' first.
static inline uint64_t axis_time(const struct axis *axis, int i)
{
    const struct stage *stage = axis->stage;

    return stage->from +
           (uint64_t)((double)stage->length * i / (double)axis->columns);
}

// The time in the middle of column i.
static inline uint64_t axis_middle(const struct axis *axis, int i)
{
    return axis_time(axis, i) / 2 + axis_time(axis, i + 1) / 2;
}

// The column of a time on the screen, or -1 when it is outside the window.
int axis_column(const struct axis *axis, uint64_t time);

// Two rows: times at round distances, all in one unit; then the marks and where
// now is.
void axis_draw(const struct axis *axis, struct grid *grid, int row);

#endif
