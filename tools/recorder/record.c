// record.c - what was written, write by write, within bounds
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/recorder/record.h"

void record_init(struct record *record, size_t limit_bytes)
{
    *record = (struct record){.limit_bytes = limit_bytes};
}

void record_free(struct record *record)
{
    if (record->traced)
        writer_close(&record->writer);
    free(record->bytes);
    free(record->pieces);
    record_init(record, 0);
}

// Makes room for one more element than count; false where memory is short.
static bool reserve(void **array, size_t *room, size_t wanted, size_t each)
{
    size_t next = *room ? *room : 64;
    void *bigger;

    while (next < wanted)
        next *= 2;
    if (next == *room)
        return true;
    bigger = realloc(*array, next * each);
    if (!bigger)
        return false;
    *array = bigger;
    *room = next;
    return true;
}

// ---- Pieces -----------------------------------------------------------------

static struct run_piece *last_piece(struct record *record)
{
    return record->piece_count ? &record->pieces[record->piece_count - 1]
                               : NULL;
}

bool record_is_full(const struct record *record)
{
    return record->lost_bytes > 0 && !record->traced;
}

static bool add_piece(struct record *record, const struct record_write *write)
{
    bool continues = write->got_bytes > 0; // others came in between

    if (record->piece_count == RECORD_PIECES ||
        !reserve((void **)&record->pieces, &record->piece_room,
                 record->piece_count + 1, sizeof *record->pieces))
        return false;
    record->pieces[record->piece_count++] = (struct run_piece){
        .stream = write->stream,
        .order_known = write->order_known && !continues,
        .time_ns = write->time_ns,
        .pid = write->pid,
        .tid = write->tid,
        .writes = write->serial != 0,
        .offset = record->used,
    };
    record->last_serial = write->serial;
    return true;
}

// The piece to which bytes of this write belong, NULL when there is no room.
static struct run_piece *piece_for(struct record *record,
                                   const struct record_write *write)
{
    struct run_piece *last = last_piece(record);

    if (last && last->stream == write->stream &&
        record->last_serial == write->serial)
        return last;
    if (add_piece(record, write))
        return last_piece(record);
    if (!last || last->stream != write->stream)
        return NULL;
    last->writes++; // too many to keep each apart, but the order stays true
    last->order_known = last->order_known && write->order_known;
    record->last_serial = write->serial;
    return last;
}

// Makes room for as much of size as may be kept.
static size_t fitting(struct record *record, size_t size)
{
    size_t most = record->limit_bytes - record->used;

    if (record->lost_bytes > 0)
        return 0;
    if (size > most)
        size = most;
    return size > 0 && reserve((void **)&record->bytes, &record->room,
                               record->used + size, 1)
               ? size
               : 0;
}

void record_bytes(struct record *record, const struct record_write *write,
                  const char *bytes, size_t size)
{
    size_t fits = fitting(record, size);
    struct run_piece *piece = fits > 0 ? piece_for(record, write) : NULL;

    if (piece) {
        memcpy(record->bytes + record->used, bytes, fits);
        record->used += fits;
        piece->size_bytes += fits;
    } else {
        fits = 0;
    }
    record->lost_bytes += size - fits;
}

// ---- The trace --------------------------------------------------------------

int record_trace(struct record *record, const char *path, bool by_others)
{
    static const struct writer_options many = {.task_count = 16384};
    int error = writer_create(&record->writer, path, by_others ? &many : NULL);

    record->traced = error == 0;
    record->by_others = by_others;
    return error;
}

// Where tid stands or would stand; NULL when there is no room for it.
static struct record_task *find_task(struct record *record, int tid)
{
    for (size_t i = 0; i < RECORD_TASKS; i++) {
        size_t slot = ((size_t)tid + i) % RECORD_TASKS;
        struct record_task *task = &record->tasks[slot];

        if (task->tid == tid || task->tid == 0)
            return task;
    }
    return NULL;
}

static void read_name(int tid, char *name, size_t size)
{
    char path[64];
    ssize_t got = -1;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/comm", tid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        got = read(fd, name, size - 1);
        close(fd);
    }
    name[got > 0 ? got - 1 : 0] = '\0'; // without its newline
}

void record_task(struct record *record, int pid, int tid)
{
    struct record_task *task, *leader;
    char name[32];

    if (!record->traced || record->by_others ||
        !(task = find_task(record, tid)) || task->handle)
        return;
    leader = find_task(record, pid);
    read_name(tid, name, sizeof name);
    task->tid = tid;
    task->handle = writer_task_begin(
        &record->writer, name,
        tid != pid && leader && leader->handle ? leader->handle->task : 0,
        (uint32_t)pid, (uint32_t)tid);
}

void record_written(struct record *record, const struct record_write *write)
{
    struct record_task *task = find_task(record, write->tid);

    if (record->traced && !record->by_others && task && task->handle)
        writer_event_at(task->handle, write->time_ns, 0, TRACE_OUTPUT,
                        (uint64_t)write->stream, write->got_bytes);
}

void record_ended(struct record *record, int tid, int status)
{
    struct record_task *task = find_task(record, tid);

    if (!record->traced || record->by_others || !task || !task->handle)
        return;
    writer_event(task->handle, TRACE_TASK_EXIT, 0, (uint64_t)(unsigned)status);
    writer_task_end(task->handle);
    task->handle = NULL; // the number may come again
}

// ---- Into the streams of others ---------------------------------------------

static struct trace_entry *entry_of(const struct writer *writer,
                                    uint32_t number)
{
    char *table = (char *)writer->header + writer->layout.tasks;

    return (struct trace_entry *)table + number;
}

// The task that tid was at that time, 0: nobody said that there is one.
static uint32_t entry_at(const struct writer *writer, int tid, uint64_t time_ns)
{
    uint64_t count = atomic_load(&writer->header->next_task);

    if (count > writer->header->task_count)
        count = writer->header->task_count;
    for (uint64_t i = count; i-- > 1;) {
        const struct trace_entry *entry = entry_of(writer, (uint32_t)i);

        if ((int)entry->tid == tid && entry->begin <= time_ns)
            return (uint32_t)i;
    }
    return 0;
}

// What stdio writes in exit() comes a little after the library's last word.
static uint64_t before_end(const struct writer *writer, uint32_t number,
                           uint64_t time_ns)
{
    uint64_t ended = atomic_load(&entry_of(writer, number)->ended);

    return ended && time_ns >= ended ? ended - 1 : time_ns;
}

// A number that came again is another task: its handle ends here.
static void write_output(struct record *record, const struct run_piece *piece)
{
    struct writer *writer = &record->writer;
    uint32_t entry = entry_at(writer, piece->tid, piece->time_ns);
    struct record_task *task = find_task(record, piece->tid);

    if (!entry || !task)
        return;
    if (task->handle && task->handle->task != entry) {
        writer_task_end(task->handle);
        task->handle = NULL;
    }
    task->tid = piece->tid;
    if (!task->handle)
        task->handle = writer_task_join(writer, entry);
    writer_event_at(task->handle, before_end(writer, entry, piece->time_ns), 0,
                    TRACE_OUTPUT, (uint64_t)piece->stream, piece->size_bytes);
}

void record_outputs(struct record *record)
{
    for (size_t i = 0; i < record->piece_count; i++)
        if (record->pieces[i].tid && record->pieces[i].time_ns)
            write_output(record, &record->pieces[i]);
}

// ---- Without an order -------------------------------------------------------

void record_by_stream(struct record *record)
{
    struct record_write all[2] = {{.stream = 1}, {.stream = 2}};
    struct run_piece *pieces = record->pieces;
    char *bytes = record->bytes;
    size_t count = record->piece_count;
    uint64_t lost_bytes = record->lost_bytes;

    record->bytes = NULL;
    record->pieces = NULL;
    record->used = record->room = record->piece_count = record->piece_room = 0;
    record->lost_bytes = 0;
    for (int which = 0; which < 2; which++)
        for (size_t i = 0; i < count; i++)
            if (pieces[i].stream == which + 1)
                record_bytes(record, &all[which], bytes + pieces[i].offset,
                             pieces[i].size_bytes);
    record->lost_bytes += lost_bytes;
    free(bytes);
    free(pieces);
}
