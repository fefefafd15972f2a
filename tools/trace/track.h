// track.h - what several tasks have in turn: a coroutine's body, a baton
//
// Who has a CPU say the lanes.
//
// Interface: struct turn, struct track, track_add, track_find, track_free;
// struct tracks, tracks_of_coroutines, tracks_see_coroutine,
// tracks_stop_coroutines, tracks_free.
// Threads: one at a time. Ownership: tracks own their memory.
#ifndef TELAR_TRACK_H
#define TELAR_TRACK_H

#include "tools/trace/lanes.h"

struct turn { // of one task, [begin, end)
    uint64_t begin, end;
    uint32_t task;
};

struct track {
    uint64_t id;        // index of the coroutine in model.objects
    struct turn *turns; // in the order of time
    size_t count, room;
};

// Adds a turn behind the others. Returns false when memory is short.
bool track_add(struct track *track, struct turn turn);

// The turn in which time lies, or NULL: then nobody has it.
const struct turn *track_find(const struct track *track, uint64_t time);
void track_free(struct track *track);

struct tracks {
    struct track *all; // by id
    size_t count;
    struct tracks_carried *carried; // while the trace is gone through
};

// Who ran each coroutine. Empty where that was not recorded. Returns false when
// memory is short, with nothing left to free.
bool tracks_of_coroutines(struct tracks *tracks, const struct model *model);
void tracks_free(struct tracks *tracks);

// For who walks through the model himself (survey.h), with tracks that begin as
// {0}: behind each event; behind the last one. False: memory is short, and of
// the stop with nothing left to free.
bool tracks_see_coroutine(struct tracks *tracks, const struct model *model,
                          size_t event);
bool tracks_stop_coroutines(struct tracks *tracks, const struct model *model);

#endif
