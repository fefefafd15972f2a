// turns.h - one write at a time, so that the order of any two is known
//
// A task that is about to write to one of our streams asks for its turn. It is
// let go when the write before it is over: all its bytes have arrived, or its
// task has been seen elsewhere. If nothing tells within a bound, the next one
// goes on all the same, and says that its order is not known.
//
// Interface: turns_init, turns_free, turns_ask, turns_seen, turns_look,
// turns_settle, turns_writer, turns_own.
// Threads: one at a time. Ownership: the struct owns its queue, not listener.
#ifndef TELAR_TURNS_H
#define TELAR_TURNS_H

#include "tools/recorder/record.h"
#include "tools/recorder/watch.h"

struct turn {
    struct watch_call call;
    struct record_write write;
    bool over;
};

struct turns {
    int listener;
    bool one_channel; // both streams arrive as one: a terminal
    bool busy;        // now is under way; else it was the last one
    struct turn now;
    struct turn *waiting; // first come, first served
    size_t waiting_count, waiting_room;
    uint64_t last_serial, last_time_ns;
    struct watch_call doubtful; // was not over when the next one went on
};

void turns_init(struct turns *turns, int listener, bool one_channel);
void turns_free(struct turns *turns);

// The call, to stream 1 or 2, waits for its turn.
void turns_ask(struct turns *turns, const struct watch_call *call, int stream,
               int pid);

// The task does something else now: a write of it is over.
void turns_seen(struct turns *turns, int tid);

// While others wait: finds out whether the present write is over, or late.
// Whoever calls this or turns_seen then reads all that has arrived, and calls
// turns_settle.
void turns_look(struct turns *turns);

// Closes what is over and lets the next ones go.
void turns_settle(struct turns *turns, struct record *record);

// To whom bytes that arrive on stream belong; NULL: to nobody we saw.
struct turn *turns_writer(struct turns *turns, int stream);

// How many of size more bytes belong to this write.
size_t turns_own(const struct turns *turns, const struct turn *turn,
                 size_t size);

#endif
