// record.h - what was written, write by write, within bounds
//
// It is the one account of a run: its pieces are what the caller gets, and the
// same writes go, as they are complete, into the trace if one is kept. Where
// the tasks of that trace are said by others, they go there at the end.
//
// Interface: record_init, record_trace, record_task, record_bytes,
// record_written, record_ended, record_outputs, record_is_full,
// record_by_stream, record_free.
// Threads: one at a time. Ownership: the record owns its memory.
#ifndef TELAR_RECORD_H
#define TELAR_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tools/recorder/run.h"
#include "tools/trace/writer.h"

#define RECORD_PIECES 100000 // kept at most
#define RECORD_TASKS 512     // in the trace, each with its own events

// One write of one task, and how much of it has arrived.
struct record_write {
    uint64_t serial; // from 1 on; 0: bytes of a write that nobody saw
    uint64_t time_ns;
    int stream, pid, tid;
    bool order_known;
    uint64_t got_bytes;
};

struct record {
    size_t limit_bytes;
    char *bytes;
    size_t used, room; // bytes
    struct run_piece *pieces;
    size_t piece_count, piece_room;
    uint64_t last_serial; // of the last piece's write
    uint64_t lost_bytes;  // once something is lost, so is all that follows
    bool traced;
    bool by_others; // the tasks, and their ends
    struct writer writer;
    struct record_task {
        int tid;
        struct writer_task *handle;
    } tasks[RECORD_TASKS];
};

void record_init(struct record *record, size_t limit_bytes);

// Keeps a trace at path as well. by_others: the library inside the program and
// its scheduling (scheduling.h) write there too, and know of every task.
// Returns 0 or an error number.
int record_trace(struct record *record, const char *path, bool by_others);

// A task was seen; nothing happens when it is known already.
void record_task(struct record *record, int pid, int tid);

// Appends bytes of a write. What does not fit is counted as lost.
void record_bytes(struct record *record, const struct record_write *write,
                  const char *bytes, size_t size);

// A write is complete: so many bytes of it have arrived.
void record_written(struct record *record, const struct record_write *write);

// A task ended, with the status that waitpid gives.
void record_ended(struct record *record, int tid, int status);

// By others: all of them have ended, and what they wrote goes to the trace.
void record_outputs(struct record *record);

// Nothing more will be kept: is only counting left to do?
bool record_is_full(const struct record *record);

// Puts all of standard output before all of standard error, order unknown.
void record_by_stream(struct record *record);

void record_free(struct record *record);

#endif
