// touch.h - memory that a call of the C library reads or writes for the program
//
// Interface: touch_read, touch_write, touch_string, touch_text, touch_pc,
// scratch_take, scratch_release.
// Threads: none; each function may run other tasks before it returns.
// Ownership: scratch belongs to the call that took it.
// pc is where the program's call returns to.
//
// What was touched must be used before the next touch: another task may run
// there, and change it.
#ifndef TELAR_TOUCH_H
#define TELAR_TOUCH_H

#include "tools/explorer/engine/access.h"

// Of the latest touch: to be blamed when the work itself is hit by a signal.
extern const void *touch_pc;

// The task reads or writes size bytes, 0 or more.
void touch_read(const void *address, size_t size, const void *pc);
void touch_write(const void *address, size_t size, const void *pc);

// It reads a string with its end. Returns the length.
size_t touch_string(const char *string, const void *pc);

// It reads a string up to its end or limit bytes, whichever is first. Returns
// the number of bytes before that.
size_t touch_text(const char *string, size_t limit, const void *pc);

// Memory of the task that runs, outside the program's: the latest taken is
// released first. Where an execution ends in between, nothing is lost.
// scratch_take never returns NULL: beyond 64 MiB the engine refuses.
void *scratch_take(size_t size);
void scratch_release(void *scratch);

#endif
