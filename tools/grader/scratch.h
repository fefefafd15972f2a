// scratch.h - a folder for one grading, gone afterwards
//
// Interface: scratch_make, scratch_path, scratch_remove, scratch_sweep,
// scratch_uid.
// Threads: one. Ownership: the path belongs to this file.
#ifndef TELAR_SCRATCH_H
#define TELAR_SCRATCH_H

#include <stdbool.h>
#include <sys/types.h>

// Makes a folder in TMPDIR (else /tmp) that only this user may enter, and holds
// a lock on it for as long as this process lives. Returns its absolute path, or
// NULL with errno.
const char *scratch_make(void);

// The folder that scratch_make made, "" when there is none.
const char *scratch_path(void);

// Removes it with all that is in it, whatever a program left there. Nothing to
// do when there is none.
void scratch_remove(void);

// Removes folders of gradings that were killed: ours, with nobody's lock.
void scratch_sweep(void);

// A user without rights or files of its own, who may enter the scratch folder
// from now on; 0 when this process cannot become another user.
uid_t scratch_uid(void);

#endif
