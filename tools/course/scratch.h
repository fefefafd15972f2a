// scratch.h - a folder for one command, gone afterwards
//
// Interface: scratch_make, scratch_path, scratch_remove, scratch_sweep.
// Threads: one. Ownership: the path belongs to this file.
#ifndef TELAR_SCRATCH_H
#define TELAR_SCRATCH_H

// Makes a folder telar-KIND-... in TMPDIR (else /tmp) that only this user may
// enter, and holds a lock on it for as long as this process lives. Returns its
// absolute path, or NULL with errno.
const char *scratch_make(const char *kind);

// The folder that scratch_make made, "" when there is none.
const char *scratch_path(void);

// Removes it with all that is in it, whatever a program left there. Nothing to
// do when there is none.
void scratch_remove(void);

// Removes folders of this kind whose command was killed: ours, with nobody's
// lock.
void scratch_sweep(const char *kind);

#endif
