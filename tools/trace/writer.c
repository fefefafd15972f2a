// writer.c - hands out chunks and fills them with events
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "tools/trace/state.h"
#include "tools/trace/writer_event.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 // Linux 5.14
#endif

enum { BACKED_AT_ONCE = 256 * 1024 };

uint64_t writer_now(void)
{
    return writer_now_inline();
}

static char *at_offset(const struct writer *writer, uint64_t offset)
{
    return (char *)writer->header + offset;
}

static struct trace_entry *entry_of(const struct writer *writer, uint32_t task)
{
    return (struct trace_entry *)at_offset(writer, writer->layout.tasks) + task;
}

// ---- Chunks -----------------------------------------------------------------

static struct trace_record *records_of(struct trace_chunk *chunk)
{
    return (struct trace_record *)(chunk + 1);
}

static struct trace_chunk *chunk_at(const struct writer *writer,
                                    uint64_t number)
{
    return (void *)at_offset(writer, writer->layout.chunks +
                                         number * writer->header->chunk_bytes);
}

static uint32_t written(const struct writer *writer, struct trace_chunk *chunk)
{
    uint32_t n = 0;

    while (n < writer->layout.records &&
           atomic_load_explicit(&records_of(chunk)[n].last,
                                memory_order_relaxed) != 0)
        n++;
    return n;
}

static bool is_gone(uint32_t pid)
{
    return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

// A chunk somebody writes to stays his, however old it is, while he lives.
static bool may_be_taken(uint64_t state, uint32_t own_pid)
{
    switch (TRACE_CHUNK_STATE(state)) {
    case TRACE_CHUNK_FREE:
    case TRACE_CHUNK_CLOSED:
        return true;
    default:
        return TRACE_CHUNK_PID(state) != own_pid &&
               is_gone(TRACE_CHUNK_PID(state));
    }
}

// Sees to it that storing to chunk cannot fail for lack of disk. Many chunks at
// once, because each call of the kernel costs as much as many events.
static bool back_chunk(struct writer *writer, uint64_t number)
{
    uint64_t bytes = writer->header->chunk_bytes;
    uint64_t size = bytes > BACKED_AT_ONCE ? bytes : BACKED_AT_ONCE;
    uint64_t part = number * bytes / size;
    uint64_t from = writer->layout.chunks + part * size;

    if (atomic_load_explicit(&writer->backed, memory_order_relaxed) == part + 1)
        return true;
    if (from + size > writer->layout.end)
        size = writer->layout.end - from;
    if (madvise(at_offset(writer, from), size, MADV_POPULATE_WRITE) != 0 &&
        errno != EINVAL)
        return false;
    atomic_store_explicit(&writer->backed, part + 1, memory_order_relaxed);
    return true;
}

static bool take_this(struct writer_task *task, struct trace_chunk *chunk,
                      uint64_t ticket, uint64_t *old)
{
    uint64_t mine = ticket << 26 | (uint64_t)task->pid << 4 | TRACE_CHUNK_TAKEN;

    *old = atomic_load_explicit(&chunk->state, memory_order_acquire);
    return may_be_taken(*old, task->pid) &&
           atomic_compare_exchange_strong(&chunk->state, old, mine);
}

// Returns NULL when there is no chunk to be had.
static struct trace_chunk *take(struct writer_task *task, uint64_t *old)
{
    struct writer *writer = task->writer;
    struct trace_header *h = writer->header;

    for (uint32_t i = 0; i < h->chunk_count; i++) {
        struct trace_chunk *chunk;
        uint64_t number;

        if (h->policy == TRACE_STOP && h->next_ticket >= h->chunk_count)
            return NULL;
        task->ticket = atomic_fetch_add(&h->next_ticket, 1);
        if (h->policy == TRACE_STOP && task->ticket >= h->chunk_count)
            return NULL;
        number = task->ticket % h->chunk_count;
        if (!back_chunk(writer, number))
            return NULL;
        chunk = chunk_at(writer, number);
        if (take_this(task, chunk, task->ticket, old))
            return chunk;
    }
    return NULL;
}

static void count_overwritten(struct writer *writer, struct trace_chunk *chunk,
                              uint64_t old)
{
    uint32_t n = 0;

    if (TRACE_CHUNK_STATE(old) == TRACE_CHUNK_CLOSED)
        n = atomic_load(&chunk->count);
    else if (TRACE_CHUNK_STATE(old) == TRACE_CHUNK_OPEN)
        n = written(writer, chunk);
    atomic_fetch_add(&writer->header->overwritten, n);
}

static void prepare(struct writer_task *task, struct trace_chunk *chunk,
                    uint64_t old)
{
    struct writer *writer = task->writer;
    uint64_t state = task->ticket << 26 | (uint64_t)task->pid << 4;

    if (old != TRACE_CHUNK_FREE) {
        count_overwritten(writer, chunk, old);
        memset(records_of(chunk), 0,
               writer->layout.records * sizeof(struct trace_record));
    }
    chunk->task = task->task;
    chunk->stream = task->stream;
    chunk->sequence = task->sequence++;
    atomic_store_explicit(&chunk->count, 0, memory_order_relaxed);
    chunk->events_before = task->events;
    chunk->lost_before = atomic_load(&entry_of(writer, task->task)->lost);
    chunk->checkpoint = task->state;
    chunk->check = trace_chunk_check(chunk, state);
    atomic_store_explicit(&chunk->state, state | TRACE_CHUNK_OPEN,
                          memory_order_release);
    task->chunk = chunk;
    task->next = records_of(chunk);
    task->limit = task->next + writer->layout.records;
}

// A lock that is taken and given back at once, which is most of what some
// programs do, leaves no trace in a state that has room for it.
static bool is_brief(const struct trace_state *state,
                     const struct trace_record *r,
                     const struct trace_record *end)
{
    return TRACE_KIND(r->last) == TRACE_LOCK_ACQUIRE && r + 1 < end &&
           TRACE_KIND(r[1].last) == TRACE_LOCK_RELEASE &&
           r[1].object == r->object && !TRACE_PLACE_OF(r->last) &&
           !TRACE_PLACE_OF(r[1].last) && state->waits == 0 &&
           state->held_count < TRACE_HELD && state->life == TRACE_ALIVE;
}

static void follow(struct writer_task *task, const struct trace_record *r)
{
    while (r < task->next) {
        if (is_brief(&task->state, r, task->next)) {
            r += 2;
            continue;
        }
        if (state_is_moved_by(&task->state, r))
            state_apply(&task->state, r);
        r++;
    }
}

// What happened in the chunk goes into the state that the next one begins with.
static void close_chunk(struct writer_task *task)
{
    struct trace_chunk *chunk = task->chunk;
    uint64_t open;

    if (!chunk)
        return;
    follow(task, records_of(chunk));
    task->events += (uint64_t)(task->next - records_of(chunk));
    atomic_store_explicit(&chunk->count,
                          (uint32_t)(task->next - records_of(chunk)),
                          memory_order_relaxed);
    open = task->ticket << 26 | (uint64_t)task->pid << 4 | TRACE_CHUNK_OPEN;
    atomic_compare_exchange_strong(
        &chunk->state, &open, open - TRACE_CHUNK_OPEN + TRACE_CHUNK_CLOSED);
    task->chunk = NULL;
    task->next = task->limit = NULL;
}

void writer_lose(struct writer_task *task)
{
    atomic_fetch_add_explicit(&entry_of(task->writer, task->task)->lost, 1,
                              memory_order_relaxed);
}

// After each failure to get a chunk twice as many events are lost before it is
// tried again: a full trace must not slow its program down.
static bool next_chunk(struct writer_task *task)
{
    struct trace_chunk *chunk;
    uint64_t old;

    close_chunk(task);
    if (task->task == 0)
        return false;
    if (task->patience > 0) {
        task->patience--;
        return false;
    }
    chunk = take(task, &old);
    if (!chunk) {
        task->failures += task->failures < 12;
        task->patience = (1u << task->failures) - 1;
        return false;
    }
    task->failures = 0;
    prepare(task, chunk, old);
    return true;
}

// ---- Tasks ------------------------------------------------------------------

static uint32_t this_pid(const struct writer *writer)
{
    uint32_t pid = writer->pid
                       ? atomic_load_explicit(writer->pid, memory_order_relaxed)
                       : (uint32_t)getpid();

    if (pid == 0) {
        pid = (uint32_t)getpid();
        atomic_store(writer->pid, pid);
    }
    return pid;
}

static uint32_t new_entry(struct writer *writer, uint64_t time, uint32_t name,
                          uint32_t parent, uint32_t pid, uint32_t tid)
{
    uint64_t number = atomic_fetch_add(&writer->header->next_task, 1);
    struct trace_entry *entry;

    if (number >= writer->header->task_count)
        return 0;
    entry = entry_of(writer, (uint32_t)number);
    entry->pid = pid;
    entry->tid = tid;
    entry->parent = parent;
    entry->name = name;
    entry->begin = time;
    atomic_store_explicit(&entry->check, trace_entry_check(entry),
                          memory_order_release);
    return (uint32_t)number;
}

static void set_up(struct writer_task *task, struct writer *writer,
                   uint32_t number)
{
    task->writer = writer;
    task->pid = this_pid(writer);
    task->task = number;
    task->stream =
        (uint32_t)atomic_fetch_add(&writer->header->next_stream, 1) + 1;
    task->chunk = NULL;
    task->next = task->limit = NULL;
    task->last_time = writer->header->start;
    task->sequence = task->patience = task->failures = 0;
    task->events = 0;
    task->state = (struct trace_state){0};
    atomic_store(&task->busy, 0);
}

static struct writer_task *new_handle(struct writer *writer, uint32_t number)
{
    uint32_t count = writer->header->task_count;

    for (uint32_t i = 0; number && i + 1 < count; i++) {
        struct writer_task *task =
            &writer->handles[1 + (number - 1 + i) % (count - 1)];
        uint32_t unused = 0;

        if (!atomic_load_explicit(&task->used, memory_order_relaxed) &&
            atomic_compare_exchange_strong(&task->used, &unused, 1)) {
            set_up(task, writer, number);
            return task;
        }
    }
    return &writer->handles[0];
}

static uint32_t or_own_tid(uint32_t tid)
{
    return tid ? tid : (uint32_t)syscall(SYS_gettid);
}

struct writer_task *writer_task_begin_at(struct writer *writer, uint64_t time,
                                         const char *name, uint32_t parent,
                                         uint32_t pid, uint32_t tid)
{
    uint32_t number = new_entry(writer, time, writer_name(writer, name), parent,
                                pid ? pid : this_pid(writer), or_own_tid(tid));
    struct writer_task *task = new_handle(writer, number);
    uint32_t parent_tid =
        parent < writer->header->task_count ? entry_of(writer, parent)->tid : 0;

    writer_event_at(task, time, 0, TRACE_TASK_BEGIN, parent_tid, 0);
    return task;
}

struct writer_task *writer_task_begin(struct writer *writer, const char *name,
                                      uint32_t parent, uint32_t pid,
                                      uint32_t tid)
{
    return writer_task_begin_at(writer, writer_time_inline(writer), name,
                                parent, pid, tid);
}

struct writer_task *writer_task_join(struct writer *writer, uint32_t number)
{
    return new_handle(writer, number < writer->header->task_count ? number : 0);
}

void writer_task_release(struct writer_task *task)
{
    if (task->pid == this_pid(task->writer))
        close_chunk(task);
}

void writer_task_end(struct writer_task *task)
{
    if (task == &task->writer->handles[0])
        return;
    writer_task_release(task);
    atomic_store(&task->used, 0);
}

// The task that lives as pid and tid, because somebody else saw it before it
// got to say a word; 0: none.
static uint32_t find_living(const struct writer *writer, uint32_t pid,
                            uint32_t tid)
{
    uint64_t count = atomic_load(&writer->header->next_task);

    if (count > writer->header->task_count)
        count = writer->header->task_count;
    while (count-- > 1) {
        struct trace_entry *entry = entry_of(writer, (uint32_t)count);

        if (atomic_load_explicit(&entry->check, memory_order_acquire) != 0 &&
            entry->pid == pid && entry->tid == tid &&
            atomic_load(&entry->ended) == 0)
            return (uint32_t)count;
    }
    return 0;
}

void writer_become_child(struct writer_task *task, uint64_t time)
{
    struct writer *writer = task->writer;
    struct trace_entry *parent = entry_of(writer, task->task);
    uint32_t pid = this_pid(writer), tid = or_own_tid(0), known;

    if (pid == task->pid || task->task == 0)
        return;
    known = find_living(writer, pid, tid);
    set_up(task, writer,
           known ? known
                 : new_entry(writer, time, parent->name, task->task, pid, tid));
    if (!known)
        writer_event_at(task, time, 0, TRACE_TASK_BEGIN, parent->tid, 0);
}

// ---- Events -----------------------------------------------------------------

bool writer_turn_chunk(struct writer_task *task)
{
    int saved = errno;
    bool ready = next_chunk(task);

    errno = saved;
    return ready;
}

void writer_event_at(struct writer_task *task, uint64_t time, uint32_t place,
                     uint16_t kind, uint64_t object, uint64_t value)
{
    writer_event_at_inline(task, time, place, kind, object, value);
}

void writer_event(struct writer_task *task, uint16_t kind, uint64_t object,
                  uint64_t value)
{
    writer_event_inline(task, kind, object, value);
}
