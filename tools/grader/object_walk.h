// object_walk.h - the code of one function, instruction by instruction
//
// Follows each block of a function from its first instruction to its last,
// keeping what registers and the frame's own slots hold as sums
// (object_value.h). An instruction is let through when
//
// - it is one that gcc writes without optimisation, and known here;
// - what it writes to or reads from is a fixed slot of the function's own
//   frame, or a constant, or lies within what the latest calls of the hooks in
//   the same block announced (a write announced as a write);
// - it leaves the stack pointers alone but for the fixed steps of a prologue,
//   an epilogue and of arguments;
// - it jumps to an instruction of the same function, calls a function of the
//   student's files or one that may be called (object_names.h), and returns
//   right behind the hook that ends a function.
//
// Interface: struct object_walk, object_walk.
// Threads: one. Ownership: the text is the caller's to free.
#ifndef TELAR_OBJECT_WALK_H
#define TELAR_OBJECT_WALK_H

#include "tools/grader/object_file.h"

struct object_walk {
    const struct object *object;
    // May a function or variable of that name, of another file, be used?
    bool (*may_use)(const void *context, const char *name);
    const void *context;
};

// Returns NULL when the function of that symbol is in order; else one or two
// sentences that say where and what, and how to write it otherwise.
char *object_walk(const struct object_walk *walk, int symbol);

#endif
