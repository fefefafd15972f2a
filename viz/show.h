// show.h - the visualizer on a terminal, from the first frame to the last key
//
// Interface: show_trace.
// Threads: a process with a single thread. Ownership: nothing is kept.
#ifndef TELAR_SHOW_H
#define TELAR_SHOW_H

#include "viz/stage.h"

// Shows stage until the person quits. Blocks. Returns the exit status: 0, 2
// with a line on stderr where the terminal or the trace could not be used; or
// dies by the signal that asked to end, with the terminal as it was.
int show_trace(struct stage *stage);

#endif
