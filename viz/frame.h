// frame.h - the whole screen: title, the present view, what was said, the help
//
// Interface: frame_draw.
// Threads: one. Ownership: nothing of the caller's is kept.
#ifndef TELAR_FRAME_H
#define TELAR_FRAME_H

#include "viz/stage.h"

void frame_draw(const struct stage *stage, struct grid *grid);

#endif
