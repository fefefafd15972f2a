// legend.h - what the signs of the views mean, on as few rows as there is room
//
// Interface: struct legend_row, legend_draw, legend_states, legend_all.
// Threads: one. Ownership: the caller's.
#ifndef TELAR_LEGEND_H
#define TELAR_LEGEND_H

#include "viz/stage.h"

struct legend_row { // a sign and its words
    uint32_t sign;
    enum look look;
    const char *words;
};

// Draws them one behind the other, as many as have room in the area. Returns
// the rows it took.
int legend_draw(struct grid *grid, struct area area,
                const struct legend_row *rows, size_t count);

// What the lanes of this trace are made of; and all signs that there are.
int legend_states(const struct stage *stage, struct grid *grid,
                  struct area area);
int legend_all(struct grid *grid, struct area area);

#endif
