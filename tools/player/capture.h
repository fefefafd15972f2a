// capture.h - a helper program reads a text and its answer is kept
//
// Both ends are files without a name, so that neither side waits for the other.
// Interface: capture_run, capture_status, capture_talk.
// Threads: no shared state. Ownership: the caller frees what is returned.
#ifndef TELAR_CAPTURE_H
#define TELAR_CAPTURE_H

// What argv (found through PATH) writes on standard output when its standard
// input holds input; NULL when it could not be started or did not exit with 0.
// It runs with LC_ALL=C.UTF-8, so that it counts characters, not bytes. Blocks.
char *capture_run(char *const *argv, const char *input);

// The same whatever it exits with, which *status gets: as a shell says it, 128
// and more by a signal; -1, and NULL is returned, when it could not be started.
char *capture_status(char *const *argv, const char *input, int *status);

// Lets argv talk to the person itself. Blocks. Returns its status as above.
int capture_talk(char *const *argv);

#endif
