// supervise.h - runs a program in its caller's place and sees its scheduling
//
// The program keeps the terminal, the process group, the descriptors, the
// limits and the signals of its caller; between the two stands only this
// process, which waits.
//
// Interface: supervise.
// Threads: for a process with a single thread. Ownership: the caller's structs.
#ifndef TELAR_SUPERVISE_H
#define TELAR_SUPERVISE_H

#include <stdbool.h>
#include <sys/types.h>

#include "tools/recorder/calls_probe.h"
#include "tools/recorder/scheduling.h"

struct supervision {
    const char *path;  // of the program
    char *const *argv; // with its argv[0]
    struct writer *writer;
    const char *loading;  // path of the trace, if what loaders call shall be
                          // seen; or NULL
    bool is_seen_loading; // the program itself: false where that would change
                          // it, or nobody will be inside
    bool no_perf;
};

struct supervised {
    pid_t pid;
    int status; // as waitpid gives it
    uint64_t wall_ns;
    enum trace_source source;
    char why[256]; // it is the fallback
    struct scheduling_totals totals;
    bool has_totals; // the next one: of the program and all it waited for
    struct calls_totals calls;
};

// Runs the program and blocks until it ends; who descends from it may live on.
// Returns false, with a sentence in error, when it could not be executed; then
// nothing of it was.
bool supervise(const struct supervision *supervision, struct supervised *result,
               char *error, size_t error_size);

#endif
