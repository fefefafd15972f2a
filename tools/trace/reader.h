// reader.h - reads a trace, also while it is written, and trusts nothing in it
//
// The file is read, not mapped: a mapped file that somebody cuts short kills
// its reader, and one that changes after it was checked need not have been
// checked. What is in memory afterwards is sound: every number in a record or
// a chunk that stands for a task, a place or a name is a known one.
//
// Interface: reader_open, reader_refresh, reader_close, reader_event,
// reader_task, reader_chunk_of, reader_is_gap, reader_at, reader_name,
// reader_entry, reader_lost.
// Threads: one thread at a time a reader. Ownership: all that is returned
// belongs to the reader and holds until reader_refresh or reader_close.
#ifndef TELAR_READER_H
#define TELAR_READER_H

#include "tools/trace/trace.h"

struct reader_chunk { // one that is in memory
    uint64_t state;   // as trace_chunk.state was
    uint32_t number;  // of the chunk in the file
    uint32_t count;   // of records; 0 as well when it was given up
    uint32_t merged;  // of them in order already
    bool is_gap;      // what its stream wrote before it is not there
};

struct reader {
    char *path;
    int fd;
    struct trace_header header;
    struct trace_layout layout;
    struct trace_entry *tasks; // task_limit of them; check 0: no such task
    uint32_t task_limit;       // one more than the highest number
    uint64_t *slots;
    char *text;
    unsigned char *pool; // images of chunks, as they are in the file
    struct reader_chunk *chunks;
    size_t chunk_count, chunk_room;
    unsigned char *loaded; // a bit for each chunk of the file in memory
    uint32_t *lanes;       // chunks by stream and sequence
    size_t lane_room;
    uint32_t *order;     // events by time: where in pool, in units of 32 bytes
    size_t count, room;  // events
    uint64_t unknown;    // events of kinds that this version does not know
    uint64_t unfinished; // chunks whose writer had not prepared them yet
    char error[512];     // a sentence in the language of message.h
};

// Opens the trace at path. Returns false with a sentence in error that names
// path, what is wrong and where; the reader is closed then.
bool reader_open(struct reader *reader, const char *path);

// Reads what was written since. *changed is the number of the first event that
// is not what it was (count when nothing came; 0 when a part was overwritten:
// then all numbers are new). Returns false as reader_open does.
bool reader_refresh(struct reader *reader, size_t *changed);

void reader_close(struct reader *reader);

// Event number, from 0 to count - 1, in the order of time; of the same time, by
// task, then by stream, then as written.
static inline const struct trace_record *
reader_event(const struct reader *reader, size_t number)
{
    return (const void *)(reader->pool + (size_t)reader->order[number] *
                                             sizeof(struct trace_record));
}

// The chunk it is in: they are as long as a power of two.
static inline const struct trace_chunk *
reader_chunk_of(const struct reader *reader, size_t number)
{
    uint32_t units =
        reader->header.chunk_bytes / (uint32_t)sizeof(struct trace_record);
    size_t first = reader->order[number] & ~(units - 1);

    return (const void *)(reader->pool + first * sizeof(struct trace_record));
}

// The number of the task it happened to.
static inline uint32_t reader_task(const struct reader *reader, size_t number)
{
    return reader_chunk_of(reader, number)->task;
}

// Whether it is the first event after a gap in its stream: then the checkpoint
// of its chunk says what the task was doing.
bool reader_is_gap(const struct reader *reader, size_t number);

// How many events happened up to and including time.
size_t reader_at(const struct reader *reader, uint64_t time);

// The name of that number; "" for 0 and for one that is not known.
const char *reader_name(const struct reader *reader, uint32_t number);

// The entry of a task, or NULL when there is none of that number.
const struct trace_entry *reader_entry(const struct reader *reader,
                                       uint32_t task);

// Events that found no room, of all tasks together.
uint64_t reader_lost(const struct reader *reader);

#endif
