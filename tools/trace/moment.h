// moment.h - a moment of a trace, as a person writes it
//
// Interface: moment_find, moment_time.
// Threads: no shared state. Ownership: text is only read.
#ifndef TELAR_MOMENT_H
#define TELAR_MOMENT_H

#include "tools/trace/reader.h"

// How many events have happened at "12ms", "3.5s" (or "3,5s"), "250us" or
// "1200ns" since the beginning, or after event "#17"; a number alone counts
// steps where the clock does. Returns false where text is none of these.
bool moment_find(const struct reader *reader, const char *text,
                 size_t *position);

// The same as a time of the trace's clock; of an event its own time.
bool moment_time(const struct reader *reader, const char *text, uint64_t *time);

#endif
