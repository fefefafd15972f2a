// build.h - from C files to a program that the engine runs
//
// Each file is compiled with the hooks of ThreadSanitizer, not optimised; all
// are joined into one object, of which the calls that the engine answers are
// renamed (pthread_mutex_lock becomes weave_pthread_mutex_lock), what it cannot
// judge becomes a refusal that names the call, and only pure functions
// (pure_calls.h) are left to the C library. What was built is kept in
// ROOT/build/explore, or in TMPDIR where that cannot be written, under a number
// for everything it depends on.
//
// Interface: build_source, build_program, build_free.
// Threads: one at a time. Ownership: a build owns its strings; the file stays.
// Errors: false, with one line in error; the compiler's own words have been
// shown on standard error before.
#ifndef TELAR_BUILD_H
#define TELAR_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct build_request {
    char *const
        *sources; // paths of C files, or of objects made with BUILD_FLAGS
    size_t source_count;
    const char *cc;     // "gcc", "clang", or NULL: gcc
    const char *cflags; // more options, as a shell would split them, or NULL
    bool many_tasks;    // up to 128 threads instead of 32: slower
};

struct build {
    char *program; // path of what to run
    uint64_t hash; // of everything of it that is loaded
    bool is_fresh; // it was built just now
};

// The path of what a person named: a file, or a lesson program ("lost_update").
// The caller frees it. NULL, with one line in error, when there is none.
char *build_source(const char *name, char *error, size_t error_size);

// Builds, or finds what was built before. May take a second.
bool build_program(const struct build_request *request, struct build *build,
                   char *error, size_t error_size);
void build_free(struct build *build);

#endif
