// writer.h - writes a trace: many threads, many processes, one file
//
//     struct writer writer;
//     struct writer_task *task;
//     int error = writer_create(&writer, "run.trace", NULL);
//
//     if (error)
//         return could_not("%s: %s", "run.trace", error_words(error));
//     task = writer_task_begin(&writer, "capture", 0, pid, pid);
//     writer_event(task, TRACE_OUTPUT, 1, 512);    // 512 bytes on stdout
//     writer_event(task, TRACE_TASK_EXIT, 0, status); // as waitpid gave it
//     writer_task_end(task);
//     writer_close(&writer);
//
// A program that is run joins with writer_open on the same path; it may fork
// (the child goes on as a task of its own), be killed, or leave by _exit: each
// event is in the file as soon as writer_event has returned.
//
// Interface: writer_create, writer_open, writer_close, writer_name,
// writer_task_begin, writer_task_begin_at, writer_task_find, writer_task_join,
// writer_task_release, writer_task_end, writer_become_child, writer_event,
// writer_event_at, writer_now.
// Threads: all of it may be called by many threads at once; each task handle by
// one thread at a time. What writes events takes no lock, allocates nothing and
// is async-signal-safe: an event that a signal handler says in the middle of
// another event of the same handle is lost, and counted.
// Ownership: handles belong to the writer, which gives all back when closed.
#ifndef TELAR_WRITER_H
#define TELAR_WRITER_H

#include "tools/trace/trace.h"

struct writer_options {       // 0 or NULL: the usual, in brackets
    enum trace_policy policy; // [TRACE_STOP]
    enum trace_clock clock;   // [TRACE_NANOSECONDS]
    uint32_t chunk_bytes;     // a power of two from 1024 on [4096]
    uint32_t chunk_count;     // [16384: 64 MiB of events]
    uint32_t task_count;      // [1024]
    uint32_t name_count;      // a power of two [4096]
    uint32_t text_bytes;      // of all names together [131072]
};

struct writer {
    struct trace_header *header; // the mapped file
    struct trace_layout layout;
    uint64_t step;           // TRACE_STEPS: the time of what is written now
    _Atomic uint64_t backed; // the part of the chunks, counted from 1, that was
                             // last given a place on the disk
    struct writer_task *handles; // of this process, header.task_count of them;
                                 // the first one only counts losses
    _Atomic uint32_t *pid; // of this process. The kernel sets it to 0 in a
                           // child made by fork; NULL: this one does not
};

struct writer_task {
    struct writer *writer;
    struct trace_record *next, *limit; // of the present chunk
    struct trace_chunk *chunk;         // NULL: none now
    uint64_t last_time;
    uint64_t ticket;
    _Atomic uint32_t used; // the handle is somebody's
    _Atomic uint32_t busy; // in the middle of an event
    uint32_t pid;          // of the process that may use the handle
    uint32_t task, stream; // numbers in the file
    uint32_t sequence;     // of the next chunk
    uint32_t patience;     // events to lose before a chunk is asked for again
    uint32_t failures;     // to get a chunk, one after the other
    uint64_t events;       // in chunks that are full
    struct trace_state state; // before the first record of the chunk
};

// Makes a new, empty trace at path; one that stands there is replaced, whoever
// still reads or writes it. May wait for the disk. Returns 0 or an error
// number: EINVAL for options that are not possible, ENOSPC for a full disk...
int writer_create(struct writer *writer, const char *path,
                  const struct writer_options *options);

// Joins the trace at path. Returns 0 or an error number: EBADMSG when it is not
// a trace of this version.
int writer_open(struct writer *writer, const char *path);

// Ends this process's part; its handles must not be used afterwards. Not needed
// at the end of a program.
void writer_close(struct writer *writer);

// The number of name (which is copied, up to 255 bytes of it): the same for the
// same name in all processes. 0 when there is no more room, which is counted.
uint32_t writer_name(struct writer *writer, const char *name);

// Begins a task: its entry and its TASK_BEGIN. parent is the number of the task
// that began it (handle->task), or 0. pid and tid: 0 means the caller's own.
// Never NULL: when the process has no handle left (it has task_count), or the
// file no entry, the handle only counts what is lost.
struct writer_task *writer_task_begin(struct writer *writer, const char *name,
                                      uint32_t parent, uint32_t pid,
                                      uint32_t tid);

// The same for a task that began at time, which is in the past.
struct writer_task *writer_task_begin_at(struct writer *writer, uint64_t time,
                                         const char *name, uint32_t parent,
                                         uint32_t pid, uint32_t tid);

// The number of the task that lives as pid and tid, the latest one; 0: none.
uint32_t writer_task_find(const struct writer *writer, uint32_t pid,
                          uint32_t tid);

// One more stream of events about a task that has an entry already (number is
// its number in the file), such as one's scheduling seen from outside.
struct writer_task *writer_task_join(struct writer *writer, uint32_t number);

// Gives the handle's chunk up: before exec, or before a long rest. The next
// event takes a new one.
void writer_task_release(struct writer_task *task);

// Gives chunk and handle back. The task itself ends with TASK_EXIT.
void writer_task_end(struct writer_task *task);

// Writes one event that happens now. Preserves errno. After fork the child may
// go on with its parent's handle: it is then a new task whose parent is the
// old one. After vfork, until exec, events would be taken for the parent's.
void writer_event(struct writer_task *task, uint16_t kind, uint64_t object,
                  uint64_t value);

// The same for an event that happened at time, at the line that place (a name,
// or 0) says. A time before that of the handle's last event is raised to it.
void writer_event_at(struct writer_task *task, uint64_t time, uint32_t place,
                     uint16_t kind, uint64_t object, uint64_t value);

// In a child made by fork: the parent goes on with the chunk, the child begins
// one of its own as a new task, at time, or as the one that somebody who saw it
// has begun for it. Without it the first event does that; afterwards, and in
// the parent, it does nothing.
void writer_become_child(struct writer_task *task, uint64_t time);

// CLOCK_MONOTONIC in nanoseconds.
uint64_t writer_now(void);

#endif
