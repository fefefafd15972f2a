// track.c - turns, one after the other
#include <stdlib.h>
#include <string.h>

#include "tools/trace/track.h"

bool track_add(struct track *track, struct turn turn)
{
    size_t room = track->room * 2 + 16;
    struct turn *turns;

    if (track->count == track->room) {
        turns = realloc(track->turns, room * sizeof *turns);
        if (!turns)
            return false;
        track->turns = turns;
        track->room = room;
    }
    track->turns[track->count++] = turn;
    return true;
}

const struct turn *track_find(const struct track *track, uint64_t time)
{
    size_t low = 0, high = track->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (track->turns[middle].begin <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low && time < track->turns[low - 1].end ? &track->turns[low - 1]
                                                   : NULL;
}

void track_free(struct track *track)
{
    free(track->turns);
    *track = (struct track){0};
}

// ---- Several ----------------------------------------------------------------

// The track of that id, made when there is none; NULL: memory is short.
static struct track *track_of(struct tracks *tracks, uint64_t id)
{
    struct track *all;

    for (size_t i = 0; i < tracks->count; i++)
        if (tracks->all[i].id == id)
            return &tracks->all[i];
    all = realloc(tracks->all, (tracks->count + 1) * sizeof *all);
    if (!all)
        return NULL;
    tracks->all = all;
    all[tracks->count] = (struct track){.id = id};
    return &all[tracks->count++];
}

static int by_id(const void *a, const void *b)
{
    const struct track *x = a, *y = b;

    return x->id < y->id ? -1 : x->id > y->id;
}

static int by_begin(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;

    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

// Most are in order already: the sort is only for what samples mixed up.
static void put_in_order(struct track *track)
{
    for (size_t i = 1; i < track->count; i++)
        if (track->turns[i].begin < track->turns[i - 1].begin) {
            qsort(track->turns, track->count, sizeof *track->turns, by_begin);
            return;
        }
}

static bool finish(struct tracks *tracks, bool done)
{
    if (!done) {
        tracks_free(tracks);
        return false;
    }
    if (tracks->count)
        qsort(tracks->all, tracks->count, sizeof *tracks->all, by_id);
    for (size_t i = 0; i < tracks->count; i++)
        put_in_order(&tracks->all[i]);
    return true;
}

void tracks_free(struct tracks *tracks)
{
    for (size_t i = 0; i < tracks->count; i++)
        track_free(&tracks->all[i]);
    free(tracks->carried);
    free(tracks->all);
    *tracks = (struct tracks){0};
}

// ---- Coroutines -------------------------------------------------------------

struct tracks_carried { // by a task, since
    uint32_t object;    // index + 1, 0: none
    uint64_t since;
};

static bool put_down(struct tracks *tracks, struct tracks_carried *carried,
                     uint32_t task, uint64_t time)
{
    struct track *track;

    if (carried->object == 0)
        return true;
    track = track_of(tracks, carried->object - 1);
    if (!track || !track_add(track, (struct turn){carried->since, time, task}))
        return false;
    carried->object = 0;
    return true;
}

static bool take_event(struct tracks *tracks, const struct model *model,
                       struct tracks_carried *carried, size_t number)
{
    const struct trace_record *record = reader_event(model->reader, number);
    uint16_t kind = TRACE_KIND(record->last);
    const struct model_object *object;
    uint32_t task;

    if (kind != TRACE_CO_RUN && kind != TRACE_CO_END)
        return true;
    task = reader_task(model->reader, number);
    if (!put_down(tracks, &carried[task], task, record->time))
        return false;
    object = model_object(model, task, TRACE_COROUTINE, record->object);
    if (kind == TRACE_CO_RUN && record->object && object)
        carried[task] = (struct tracks_carried){
            (uint32_t)(object - model->objects) + 1, record->time};
    return true;
}

bool tracks_see_coroutine(struct tracks *tracks, const struct model *model,
                          size_t event)
{
    uint16_t kind = TRACE_KIND(reader_event(model->reader, event)->last);

    if (kind != TRACE_CO_RUN && kind != TRACE_CO_END)
        return true;
    if (!tracks->carried)
        tracks->carried = calloc(model->task_count, sizeof *tracks->carried);
    return tracks->carried && take_event(tracks, model, tracks->carried, event);
}

bool tracks_stop_coroutines(struct tracks *tracks, const struct model *model)
{
    bool done = true;

    for (uint32_t i = 1; done && tracks->carried && i < model->task_count; i++)
        done = put_down(tracks, &tracks->carried[i], i, model->time);
    free(tracks->carried);
    tracks->carried = NULL;
    return finish(tracks, done);
}

bool tracks_of_coroutines(struct tracks *tracks, const struct model *model)
{
    *tracks = (struct tracks){0};
    for (size_t i = 0; i < model->reader->count; i++)
        if (!tracks_see_coroutine(tracks, model, i)) {
            tracks_free(tracks);
            return false;
        }
    return tracks_stop_coroutines(tracks, model);
}
