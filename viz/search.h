// search.h - which events have a text in their words
//
// What can contain it is looked at once: each kind, task, object, name. After
// that an event is a few look-ups, so that ten million of them are gone through
// while one waits.
//
// Interface: struct search, search_begin, search_matches, search_end.
// Threads: one at a time. Ownership: a search owns its memory; the stage must
// not change meanwhile.
#ifndef TELAR_SEARCH_H
#define TELAR_SEARCH_H

#include "viz/stage.h"

enum { SEARCH_NUMBERS = 256 };

struct search {
    const struct stage *stage;
    bool kinds[TRACE_KIND_LIMIT];
    bool cpus[SEARCH_NUMBERS];
    bool *tasks, *objects, *names; // by number
};

// Returns false when memory is short, with nothing left to end.
bool search_begin(struct search *search, const struct stage *stage,
                  const char *text);
bool search_matches(const struct search *search, size_t event);
void search_end(struct search *search);

#endif
