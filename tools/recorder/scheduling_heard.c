// scheduling_heard.c - what the library inside says, as it comes into the file
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tools/recorder/scheduling_parts.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22 // Linux 5.14
#endif

static struct trace_chunk *chunk_of(const struct scheduling *s, uint64_t ticket)
{
    const struct writer *writer = s->writer;
    uint64_t number = ticket % writer->header->chunk_count;
    char *file = (char *)writer->header;

    return (void *)(file + writer->layout.chunks +
                    number * writer->header->chunk_bytes);
}

// One whose writer found no room on the disk: looking at it would kill us.
static bool is_there(const struct scheduling *s, uint64_t ticket)
{
    return madvise(chunk_of(s, ticket), s->writer->header->chunk_bytes,
                   MADV_POPULATE_READ) == 0 ||
           errno == EINVAL;
}

// ---- One record -------------------------------------------------------------

static void hear_wait(struct scheduling *s, uint32_t task,
                      const struct trace_record *r, uint16_t kind)
{
    struct lane *lane = s->by_entry[task];

    if (!lane)
        return;
    switch (trace_kind_of(kind)->effect) {
    case TRACE_WAITS:
    case TRACE_LEAVES:
        account_wait(&lane->account, r->time);
        break;
    case TRACE_WAKES:
    case TRACE_OWNS:
    case TRACE_RETURNS:
    case TRACE_EXITS:
        account_wake(&lane->account, r->time);
        break;
    default:
        break;
    }
}

static bool child_room(struct scheduling *s)
{
    size_t room = s->child_room * 2 + 64;
    struct heard_child *children;

    if (s->child_count < s->child_room)
        return true;
    children = realloc(s->children, room * sizeof *children);
    if (!children)
        return false;
    s->children = children;
    s->child_room = room;
    return true;
}

static void tell_lanes(const struct scheduling *s, uint32_t waiter,
                       const struct trace_record *r)
{
    struct lane *its = lane_of_process(s, (uint32_t)r->object);
    struct lane *above = lane_of_process(s, lane_entry(s, waiter)->pid);

    if (its) {
        its->told_ns = r->value;
        its->told_at = r->time;
    }
    if (above)
        above->below_ns += r->value;
}

static void hear_child(struct scheduling *s, uint32_t task,
                       const struct trace_record *r)
{
    tell_lanes(s, task, r);
    if (child_room(s))
        s->children[s->child_count++] =
            (struct heard_child){task, (uint32_t)r->object, r->time, r->value};
    else
        s->missed_child = true;
}

static void hear(struct scheduling *s, uint32_t task,
                 const struct trace_record *r, uint64_t last)
{
    struct heard_task *heard = &s->heard[task];
    uint16_t kind = TRACE_KIND(last);

    heard->last_kind = kind;
    if (kind == TRACE_TASK_BEGIN && !heard->begin)
        heard->begin = r->time;
    if (kind == TRACE_CALL_BEGIN)
        heard->last_call = r->object;
    if (kind == TRACE_EXEC)
        heard->program = (uint32_t)r->object;
    if (kind == TRACE_CHILD_CPU)
        hear_child(s, task, r);
}

// ---- Chunks -----------------------------------------------------------------

// The last word comes last; one that was overwritten meanwhile does not match.
static uint64_t complete(const struct trace_record *r, uint64_t ticket)
{
    uint64_t last = atomic_load_explicit(
        (_Atomic uint64_t *)(uintptr_t)&r->last, memory_order_acquire);
    uint64_t rest = last & 0xffffffffffffu;

    return last && TRACE_CHECK(last) == trace_record_check(r->time, r->object,
                                                           r->value, rest,
                                                           ticket)
               ? last
               : 0;
}

static void read_records(struct scheduling *s, struct heard_chunk *at,
                         const struct trace_chunk *chunk, bool spans)
{
    const struct trace_record *records = (const void *)(chunk + 1);
    uint32_t task = chunk->task;
    uint64_t last;

    if (task >= s->writer->header->task_count)
        return;
    for (; at->records < s->writer->layout.records; at->records++) {
        const struct trace_record *r = &records[at->records];

        last = complete(r, at->ticket);
        if (!last)
            return;
        hear(s, task, r, last);
        if (spans)
            hear_wait(s, task, r, TRACE_KIND(last));
    }
}

// Returns whether there may be more in it some time.
static bool read_chunk(struct scheduling *s, struct heard_chunk *at, bool spans)
{
    struct trace_chunk *chunk = chunk_of(s, at->ticket);
    uint64_t state = atomic_load_explicit(&chunk->state, memory_order_acquire);

    if (TRACE_CHUNK_STATE(state) == TRACE_CHUNK_FREE ||
        TRACE_CHUNK_TICKET(state) < at->ticket)
        return true;
    if (TRACE_CHUNK_TICKET(state) > at->ticket ||
        TRACE_CHUNK_PID(state) == (uint32_t)getpid())
        return false;
    if (TRACE_CHUNK_STATE(state) == TRACE_CHUNK_TAKEN)
        return true;
    read_records(s, at, chunk, spans);
    return TRACE_CHUNK_STATE(state) == TRACE_CHUNK_OPEN &&
           at->records < s->writer->layout.records;
}

static bool chunk_room(struct scheduling *s)
{
    size_t room = s->chunk_room * 2 + 64;
    struct heard_chunk *chunks;

    if (s->chunk_count < s->chunk_room)
        return true;
    chunks = realloc(s->chunks, room * sizeof *chunks);
    if (!chunks)
        return false;
    s->chunks = chunks;
    s->chunk_room = room;
    return true;
}

static void find_chunks(struct scheduling *s)
{
    const struct trace_header *header = s->writer->header;
    uint64_t next = atomic_load(&header->next_ticket);

    if (header->policy == TRACE_STOP && next > header->chunk_count)
        next = header->chunk_count;
    if (next > s->next_ticket + header->chunk_count) {
        s->next_ticket = next - header->chunk_count;
        s->missed_child = true;
    }
    for (; s->next_ticket < next && chunk_room(s); s->next_ticket++)
        if (is_there(s, s->next_ticket))
            s->chunks[s->chunk_count++] =
                (struct heard_chunk){s->next_ticket, 0};
}

void heard_turn(struct scheduling *s, bool spans)
{
    size_t left = 0;

    find_chunks(s);
    for (size_t i = 0; i < s->chunk_count; i++)
        if (read_chunk(s, &s->chunks[i], spans))
            s->chunks[left++] = s->chunks[i];
    s->chunk_count = left;
}

// ---- Afterwards -------------------------------------------------------------

static int64_t status_in(const struct scheduling *s,
                         const struct trace_chunk *chunk, uint32_t tid,
                         uint64_t time)
{
    const struct trace_record *records = (const void *)(chunk + 1);
    uint64_t ticket = TRACE_CHUNK_TICKET(atomic_load(&chunk->state));

    for (uint32_t i = 0; i < s->writer->layout.records; i++) {
        uint64_t last = complete(&records[i], ticket);

        if (!last)
            break;
        if (TRACE_KIND(last) == TRACE_WAIT_DONE && records[i].object == tid &&
            records[i].time >= time)
            return (int64_t)records[i].value;
    }
    return -1;
}

void heard_program(const struct scheduling *s, uint32_t task, char name[16])
{
    const struct writer *writer = s->writer;
    char *file = (char *)writer->header, *path, *slash;
    trace_slot *slots = (void *)(file + writer->layout.slots);
    uint32_t number = s->heard[task].program, at;

    if (number == 0 || number > writer->header->name_count)
        return;
    at = (uint32_t)atomic_load(&slots[number - 1]);
    if (at >= writer->header->text_bytes)
        return;
    path = file + writer->layout.text + at;
    slash = strrchr(path, '/');
    snprintf(name, 16, "%s", slash ? slash + 1 : path);
}

int64_t heard_status(const struct scheduling *s, uint32_t tid, uint64_t time)
{
    const struct trace_header *header = s->writer->header;
    uint64_t used = atomic_load(&header->next_ticket);
    int64_t status = -1;

    if (used > header->chunk_count)
        used = header->chunk_count;
    for (uint64_t i = 0; i < used && status < 0; i++)
        if (is_there(s, i))
            status = status_in(s, chunk_of(s, i), tid, time);
    return status;
}
