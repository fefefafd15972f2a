// trace_out.h - a replay as a trace file
//
// Interface: trace_out_write, trace_out_replay.
// Threads: one. Ownership: nothing is handed over.
#ifndef TELAR_TRACE_OUT_H
#define TELAR_TRACE_OUT_H

#include "tools/explorer/explorer.h"

// Writes the replay of result to a trace at path: time counts steps. Before
// that of a failure stands a note of the command that continues it, where a
// name has room for it. Returns false with a reason in error.
bool trace_out_write(const struct exploration *result, const char *command,
                     const char *path, char *error, size_t error_size);

// The same of any replay, in a file that is no larger than it must be.
bool trace_out_replay(struct names *names, const struct replay *replay,
                      const char *path, char *error, size_t error_size);

#endif
