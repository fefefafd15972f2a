// lane_draw.h - what a task did over the window of time, as a row of signs
//
// Interface: lane_sign, lane_put, lane_draw.
// Threads: one. Ownership: lanes that were drawn are kept for the next frame;
// nothing of the caller's is.
#ifndef TELAR_LANE_DRAW_H
#define TELAR_LANE_DRAW_H

#include "viz/axis.h"

// The sign of it in this trace: what runs looks otherwise where nobody saw the
// CPUs.
enum sign lane_sign(const struct stage *stage, enum model_doing doing);

// One column in which each way of doing had that share.
void lane_put(const struct stage *stage, struct grid *grid, int row, int column,
              const uint64_t shares[MODEL_DOINGS]);

void lane_draw(const struct axis *axis, struct grid *grid, int row,
               uint32_t task);

#endif
