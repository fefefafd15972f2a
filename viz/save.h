// save.h - the window of a stage, written down for others
//
// From mark A to mark B where both are set, else the window on the screen; in
// the format that the name's end asks for (export_of_path). A file that was not
// written here is never written over.
//
// A window of many events is written by a child while the screen lives on,
// where somebody calls save_tick.
//
// Interface: save_suggest, save_window, save_tick, save_end.
// Threads: one; there is one screen. Ownership: what was written is remembered
// until the process ends.
#ifndef TELAR_SAVE_H
#define TELAR_SAVE_H

#include "viz/stage.h"

// A name for it: "run.svg" for run.trace. Returns name.
char *save_suggest(const struct stage *stage, char *name, size_t size);

// Writes it to path and says on the last line where, or why not; or that it is
// being written. Blocks as the disk does. Returns false where another name may
// help.
bool save_window(struct stage *stage, const char *path);

// To be called between frames: looks after the child. Returns whether it works;
// where it wrote, or why not, is said when it has ended.
bool save_tick(struct stage *stage);

// Ends the child; what it has not finished is not there.
void save_end(void);

#endif
