// guard.h - work that is cleaned up after, however it ends
//
// Interface: guard_run.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_GUARD_H
#define TELAR_GUARD_H

#include <stdbool.h>

enum { GUARD_INTERRUPTED = 130 };

// Makes the scratch folder (scratch.h), runs work(argument) in a child process,
// then ends whatever it left running and removes the folder, also after Ctrl-C,
// SIGTERM, SIGHUP or the child's sudden death. Blocks until all that is done.
// Returns what work returned, 2 (said on standard error) when it could not be
// run or died, or GUARD_INTERRUPTED.
int guard_run(int (*work)(void *argument), void *argument);

#endif
