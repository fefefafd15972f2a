// flows.h - what went through each queue and each pipe, move by move
//
// Of a move only what its event does not say is kept: the rest stands there.
//
// Interface: struct flows, flows_build, flows_see, flows_stop, flows_free,
// flow_moves, flow_fill, flow_item, flow_time, flow_task, flow_what.
// Threads: one at a time. Ownership: flows own their memory; the reader must
// stay.
#ifndef TELAR_FLOWS_H
#define TELAR_FLOWS_H

#include "tools/trace/model.h"

struct flow_move {
    uint32_t event;     // its number
    uint32_t fill : 31; // items or bytes in it afterwards
    uint32_t into : 1;
};

struct flow {
    const struct reader *reader; // that has the events
    uint32_t object;             // index in model.objects
    uint64_t capacity;           // by the end of the trace; 0: not known
    struct flow_move *moves;
    size_t count, room;
    uint32_t *sources, *sinks; // tasks that ever put or took, or asked to
    size_t source_count, sink_count;
};

struct flows {
    struct flow *all; // in the order of their first moves
    size_t count;
};

// Looks through the whole trace; the model must have seen it all once. Returns
// false when memory is short, with nothing left to free.
bool flows_build(struct flows *flows, const struct model *model);
void flows_free(struct flows *flows);

// For who walks through the model himself (survey.h): behind each event, behind
// the last one. False: memory is short.
bool flows_see(struct flows *flows, const struct model *model);
void flows_stop(struct flows *flows, const struct model *model);

// How many moves happened among the first position events.
size_t flow_moves(const struct flow *flow, size_t position);

// What is in it after that many moves: how much, and (of a queue, first in,
// first out) the item that is the i-th to come out.
uint32_t flow_fill(const struct flow *flow, size_t moves);
uint64_t flow_item(const struct flow *flow, size_t moves, uint32_t i);

// Of one move, from 0: when; by whom; the item that was put or taken, or how
// many bytes.
uint64_t flow_time(const struct flow *flow, size_t move);
uint32_t flow_task(const struct flow *flow, size_t move);
uint64_t flow_what(const struct flow *flow, size_t move);

#endif
