// live.h - the screen into a file while somebody looks at it (key R)
//
// Into NAME-1.cast in the present folder, or the first number that is free;
// what begins, ends or goes wrong is said on the screen.
//
// Interface: live_follow, live_frame, live_end.
// Threads: one; there is one screen. Ownership: it keeps its own file.
#ifndef TELAR_LIVE_H
#define TELAR_LIVE_H

#include "viz/stage.h"

// Before a frame is drawn into grid: begins or ends as stage->records says.
void live_follow(struct stage *stage, const struct grid *grid);

// Behind it: keeps it, and only then marks it as being recorded.
void live_frame(struct stage *stage, struct grid *grid);

// The end of the session. Returns the name of the file that a recording still
// under way went into, or NULL.
const char *live_end(void);

#endif
