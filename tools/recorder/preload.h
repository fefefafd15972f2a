// preload.h - the environment that puts the library into a program
//
// Interface: preload_check, preload_into, preload_done.
// Threads: for a process with a single thread; it changes the environment.
// Ownership: none.
#ifndef TELAR_PRELOAD_H
#define TELAR_PRELOAD_H

#include <stdbool.h>
#include <stddef.h>

// Whether the library is there and may be mapped for execution. Returns false
// with a sentence in error.
bool preload_check(char *error, size_t error_size);

// From now on what this process executes joins trace (an absolute path) and
// records what (a sum of enum record_what); what the front door put into the
// environment is taken out again. Without library nobody joins.
bool preload_into(const char *trace, unsigned what, bool library, char *error,
                  size_t error_size);

// Nobody will be executed with that environment any more.
void preload_done(void);

#endif
