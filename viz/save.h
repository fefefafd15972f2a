// save.h - the window of a stage, written down for others
//
// From mark A to mark B where both are set, else the window on the screen; in
// the format that the name's end asks for (export_of_path). A file that was not
// written here is never written over.
//
// Interface: save_suggest, save_window.
// Threads: one. Ownership: what was written is remembered until the process
// ends.
#ifndef TELAR_SAVE_H
#define TELAR_SAVE_H

#include "viz/stage.h"

// A name for it: "run.svg" for run.trace. Returns name.
char *save_suggest(const struct stage *stage, char *name, size_t size);

// Writes it to path and says on the last line where, or why not. Blocks as the
// disk does. Returns false where another name may help.
bool save_window(struct stage *stage, const char *path);

#endif
