// target.h - what is going to be executed
//
// Interface: target_find, target_takes_library, target_is_script,
// target_may_run.
// Threads: any number; async-signal-safe. Ownership: none.
#ifndef TELAR_TARGET_H
#define TELAR_TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/recorder/inside/image.h"

enum { TARGET_PATH = 4096 };
enum { TARGET_LINE = 256, TARGET_SCRIPTS = 4 }; // as the kernel has it

// The file that execvp would take for name, in place (TARGET_PATH bytes), or
// name itself. False where there is none that may be executed.
bool target_find(const char *name, char *place);

// Whether ld.so could load our library into the file: it would complain, on the
// program's standard error, of one for another machine, or that it cannot see.
// True where that is not known.
bool target_takes_library(int at, const char *path);

// Of a script: the path of what will read it (TARGET_LINE bytes). Of the image
// only the beginning needs to be there.
bool target_is_script(const struct image *image, char *interpreter);

// Whether the file is there and may be executed.
bool target_may_run(int at, const char *path);

#endif
