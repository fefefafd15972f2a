// preload.h - the environment that puts the library into a program
//
// Interface: preload_check, preload_library, preload_into, preload_is_taken,
// preload_what, preload_done.
// Threads: for a process with a single thread; it changes the environment.
// Ownership: none.
#ifndef TELAR_PRELOAD_H
#define TELAR_PRELOAD_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

// Whether the library is there and may be mapped for execution. Returns false
// with a sentence in error.
bool preload_check(char *error, size_t error_size);

// Where the library is. Returns false where it is not.
bool preload_library(char path[PATH_MAX]);

struct preload {
    const char *program; // path of what will be executed
    const char *trace;   // absolute path
    unsigned what;       // sum of enum record_what
    bool library;        // false: nobody joins the trace
};

// From now on what this process executes joins the trace, and what the front
// door put into the environment is taken out again. Returns false with a
// sentence in error.
bool preload_into(const struct preload *preload, char *error,
                  size_t error_size);

// Whether this process is recorded itself: what it executes joins the trace of
// that other run, not of this one.
bool preload_is_taken(void);

// Of what is executed from now on another sum is recorded.
void preload_what(unsigned what);

// Nobody will be recorded any more: what is executed from here on has the
// environment that it would have without us.
void preload_done(void);

#endif
