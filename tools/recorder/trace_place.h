// trace_place.h - where the trace of a run goes, and that nothing is lost there
//
// What stands at the path is replaced only if it is a trace, or empty, and if
// no other run is writing it: while it is written, its file is locked.
//
// Interface: trace_place_open, trace_place_is_ours, trace_place_close,
// trace_place_remove.
// Threads: one at a time. Ownership: trace_place_close gives all back.
#ifndef TELAR_TRACE_PLACE_H
#define TELAR_TRACE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/trace/writer.h"

struct trace_place {
    char *path;  // absolute, without symbolic links
    char *shown; // as a person would type it from here
    int lock;    // descriptor of the file
    struct writer writer;
};

// Makes the trace: at path, or, where path is NULL, in the state folder, under
// a name that no other run is using now. May wait for the disk. Returns false
// with a sentence in error; nothing was changed then.
bool trace_place_open(struct trace_place *place, const char *path,
                      const struct writer_options *options, char *error,
                      size_t error_size);

// Whether what stands at the path is still the file that was made.
bool trace_place_is_ours(const struct trace_place *place);

void trace_place_close(struct trace_place *place);

// The same, and nothing is left at the path.
void trace_place_remove(struct trace_place *place);

#endif
