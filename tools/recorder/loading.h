// loading.h - sees by ptrace what a program calls before the library is in it
//
// A process of its own, beside the recorder and out of its family: nobody's
// waits, signals or descriptors are touched, and where it is gone, or the
// kernel lets it trace nobody, programs run as without it.
//
// Interface: loading_begin, loading_end.
// Threads: one at a time. Ownership: loading_end gives all back.
#ifndef TELAR_LOADING_H
#define TELAR_LOADING_H

#include <sys/types.h>

#include "tools/trace/writer.h"

struct loading {
    pid_t pid; // 0: there is none
    int alive; // its end: ours
};

// For the programs that write to the trace at path, to which writer is open.
// To be called before there are other children.
void loading_begin(struct loading *loading, const struct writer *writer,
                   const char *path);

// Whoever is traced goes on by itself. Blocks until the process is gone, a
// second at most.
void loading_end(struct loading *loading);

#endif
