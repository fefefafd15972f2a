// scheduling_lanes.c - one lane a thread: its entry, its events, its end
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/recorder/scheduling_parts.h"

enum {
    SILENCE_NS = 200000000,   // so long the library has time to say who it is
    SLOWNESS_NS = 50000000,   // and between its entry and its first event
    PATIENCE_NS = 1000000000, // from its end until its status is known
    KEPT = 65536              // events without an entry, at most
};

struct trace_entry *lane_entry(const struct scheduling *s, uint32_t number)
{
    const struct writer *writer = s->writer;
    char *table = (char *)writer->header + writer->layout.tasks;

    return (struct trace_entry *)table + number;
}

// ---- Who there is -----------------------------------------------------------

static struct lane **bucket_of(struct scheduling *s, uint32_t tid)
{
    return &s->buckets[tid % LANE_BUCKETS];
}

struct lane *lane_of(const struct scheduling *s, uint32_t tid)
{
    struct lane *lane = s->buckets[tid % LANE_BUCKETS];

    while (lane && (lane->tid != tid || lane->gone))
        lane = lane->next;
    return lane;
}

struct lane *lane_of_process(const struct scheduling *s, uint32_t pid)
{
    struct lane *lane = s->buckets[pid % LANE_BUCKETS];

    while (lane && (lane->tid != pid || lane->pid != pid))
        lane = lane->next;
    return lane;
}

static bool lane_room(struct scheduling *s)
{
    size_t room = s->lane_room * 2 + 64;
    struct lane **lanes;

    if (s->lane_count < s->lane_room)
        return true;
    lanes = realloc(s->lanes, room * sizeof(*lanes));
    if (!lanes)
        return false;
    s->lanes = lanes;
    s->lane_room = room;
    return true;
}

struct lane *lane_begin(struct scheduling *s, uint32_t pid, uint32_t tid,
                        uint64_t time)
{
    struct lane *old = lane_of(s, tid), *lane;

    if (old) {
        lane_end(old, time, -1);
        old->gone = true;
    }
    if (!lane_room(s) || !(lane = calloc(1, sizeof *lane)))
        return NULL;
    *lane = (struct lane){.pid = pid, .tid = tid, .begin = time, .status = -1};
    lane->found = writer_now();
    lane->last_run = SIZE_MAX;
    lane->schedstat = lane->stat = -1;
    lane->next = *bucket_of(s, tid);
    *bucket_of(s, tid) = lane;
    s->lanes[s->lane_count++] = lane;
    s->totals.threads++;
    return lane;
}

void lane_end(struct lane *lane, uint64_t time, int64_t status)
{
    if (lane->end == 0)
        lane->end = time > lane->begin ? time : lane->begin;
    if (lane->status < 0)
        lane->status = status;
}

// ---- What happened ----------------------------------------------------------

static bool kept_room(struct lane *lane)
{
    size_t room = lane->kept_room * 2 + 16;
    struct account_event *kept;

    if (lane->kept_count < lane->kept_room)
        return true;
    if (room > KEPT || !(kept = realloc(lane->kept, room * sizeof *kept)))
        return false;
    lane->kept = kept;
    lane->kept_room = room;
    return true;
}

void lane_say(struct lane *lane, uint64_t time, uint16_t kind, uint64_t object,
              uint64_t value)
{
    if (kept_room(lane))
        lane->kept[lane->kept_count++] =
            (struct account_event){time, object, value, kind};
}

void lane_insert(struct lane *lane, size_t at, uint64_t time, uint16_t kind)
{
    if (!kept_room(lane))
        return;
    memmove(&lane->kept[at + 1], &lane->kept[at],
            (lane->kept_count - at) * sizeof *lane->kept);
    lane->kept[at] = (struct account_event){.time = time, .kind = kind};
    lane->kept_count++;
}

// ---- Its accounts -----------------------------------------------------------

int lane_keep_fd(struct scheduling *s, int fd)
{
    if (fd < 0 || s->fds >= s->fd_limit)
        return -1;
    s->fds++;
    return fd;
}

static void close_fd(struct scheduling *s, int *fd)
{
    if (*fd < 0)
        return;
    close(*fd);
    *fd = -1;
    s->fds--;
}

int lane_read(struct scheduling *s, struct lane *lane,
              struct account_reading *reading)
{
    int fd = lane->schedstat, error;

    if (fd < 0)
        fd = procfs_open(lane->pid, lane->tid, procfs_schedstat);
    if (fd < 0)
        return errno == ENOENT ? ESRCH : errno;
    error = procfs_read_schedstat(fd, reading);
    reading->time = writer_now();
    if (lane->schedstat < 0 && (lane->schedstat = lane_keep_fd(s, fd)) < 0)
        close(fd);
    return error;
}

// Not the larger of both: what a virtual machine's host takes away passes
// between two records, but is not charged.
void lane_read_last(struct scheduling *s, struct lane *lane)
{
    struct account_reading last = {0};

    if (lane_read(s, lane, &last) == 0 && last.run_ns > lane->base_ns)
        lane->cpu_ns = last.run_ns - lane->base_ns;
}

// ---- Its entry --------------------------------------------------------------

static uint32_t table_count(const struct scheduling *s)
{
    uint64_t next = atomic_load(&s->writer->header->next_task);
    uint32_t room = s->writer->header->task_count;

    return next < room ? (uint32_t)next : room;
}

static bool is_entry_of(struct scheduling *s, uint32_t number,
                        const struct lane *lane)
{
    struct trace_entry *entry = lane_entry(s, number);
    uint64_t ended = atomic_load(&entry->ended);

    return !s->by_entry[number] && entry->tid == lane->tid &&
           entry->pid == lane->pid && (!ended || ended >= lane->begin) &&
           (!lane->end || entry->begin <= lane->end);
}

static void take_entry(struct scheduling *s, struct lane *lane, uint32_t number)
{
    lane->entry = number;
    s->by_entry[number] = lane;
}

// An entry that is being written will be looked at again.
static void find_entry(struct scheduling *s, struct lane *lane)
{
    uint32_t count = table_count(s), from = lane->tasks_seen;

    lane->tasks_seen = count;
    for (uint32_t i = count; i-- > from && i > 0;) {
        if (!atomic_load_explicit(&lane_entry(s, i)->check,
                                  memory_order_acquire))
            lane->tasks_seen = i;
        else if (!lane->entry && is_entry_of(s, i, lane))
            take_entry(s, lane, i);
    }
}

static uint32_t parent_entry(struct scheduling *s, const struct lane *lane)
{
    for (uint32_t i = table_count(s); lane->parent && i-- > 1;)
        if (lane_entry(s, i)->tid == lane->parent &&
            lane_entry(s, i)->begin <= lane->begin)
            return i;
    return 0;
}

// A child of nobody would be no family: who began it comes first. A table that
// is full counts who finds no room: those have been there themselves.
static void make_entry(struct scheduling *s, struct lane *lane)
{
    struct lane *parent = lane->parent ? lane_of(s, lane->parent) : NULL;

    if (parent && !parent->entry)
        find_entry(s, parent);
    if (parent && parent != lane && !parent->entry && !parent->stream)
        make_entry(s, parent);
    if (table_count(s) == s->writer->header->task_count)
        lane->stream = writer_task_join(s->writer, 0);
    else
        lane->stream =
            writer_task_begin_at(s->writer, lane->begin, lane->name,
                                 parent_entry(s, lane), lane->pid, lane->tid);
    lane->is_ours = true;
    if (!lane->stream->task)
        return;
    take_entry(s, lane, lane->stream->task);
    s->heard[lane->entry].is_ours = true;
}

static bool is_silent(const struct lane *lane, uint64_t now)
{
    return lane->end || now > lane->found + SILENCE_NS ||
           lane->kept_count >= KEPT / 2;
}

// ---- Into the trace ---------------------------------------------------------

uint64_t lane_beginning(const struct scheduling *s, const struct lane *lane)
{
    uint64_t heard = s->heard[lane->entry].begin;

    if (lane->is_ours)
        return lane->begin;
    return heard ? heard : lane_entry(s, lane->entry)->begin;
}

static void count_drawn(struct lane *lane, uint64_t time, uint16_t kind)
{
    if (kind < TRACE_CPU_RUN || kind > TRACE_CPU_WAKE)
        return;
    if (lane->drawn_since && time > lane->drawn_since)
        lane->drawn_ns += time - lane->drawn_since;
    lane->drawn_since = kind == TRACE_CPU_RUN ? time : 0;
}

static void put(struct scheduling *s, struct lane *lane, uint64_t time,
                const struct account_event *event)
{
    uint64_t ended = atomic_load(&lane_entry(s, lane->entry)->ended);

    // Its end takes it off its CPU: nothing stands behind that, or beside it.
    if (ended &&
        (time > ended || (time == ended && event->kind != TRACE_TASK_EXIT)))
        return;
    if (!lane->stream)
        lane->stream = writer_task_join(s->writer, lane->entry);
    count_drawn(lane, time, event->kind);
    writer_event_at(lane->stream, time, 0, event->kind, event->object,
                    event->value);
}

static void put_early(struct scheduling *s, struct lane *lane, uint64_t from)
{
    if (lane->early.kind)
        put(s, lane, from, &lane->early);
    lane->early.kind = 0;
}

static void say_source(struct scheduling *s, struct lane *lane, uint64_t time)
{
    struct account_event event = {.kind = TRACE_SCHEDULING,
                                  .object = s->source};

    if (!s->has_said)
        put(s, lane, time, &event);
    s->has_said = true;
}

static void write_kept(struct scheduling *s, struct lane *lane)
{
    uint64_t from = lane_beginning(s, lane);

    say_source(s, lane, from);
    for (size_t i = 0; i < lane->kept_count; i++) {
        const struct account_event *event = &lane->kept[i];

        if (event->time < from) {
            if (event->kind != TRACE_CPU_DELAY)
                lane->early = *event;
            continue;
        }
        put_early(s, lane, from);
        put(s, lane, event->time, event);
    }
    put_early(s, lane, from);
    lane->kept_count = 0;
    lane->last_run = SIZE_MAX;
}

// The first event of an entry is on its way.
static bool is_still_coming(const struct scheduling *s, const struct lane *lane,
                            uint64_t now)
{
    return !lane->is_ours && !lane->end && !s->heard[lane->entry].begin &&
           now < lane_entry(s, lane->entry)->begin + SLOWNESS_NS;
}

// ---- The end ----------------------------------------------------------------

// The last that was heard is that it executes a program: who came to be does
// not say a word.
static bool has_executed(const struct scheduling *s,
                         const struct heard_task *heard)
{
    return heard->last_kind == TRACE_EXEC ||
           (heard->last_kind == TRACE_CALL_BEGIN &&
            (heard->last_call == writer_name(s->writer, "execve") ||
             heard->last_call == writer_name(s->writer, "execveat")));
}

static bool was_blind(const struct scheduling *s, const struct lane *lane)
{
    const struct heard_task *heard = &s->heard[lane->entry];

    return lane->pid == lane->tid &&
           ((lane->is_ours && heard->last_kind == 0) || has_executed(s, heard));
}

// In a list with ", " between.
static bool is_among(const char *names, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = names; (at = strstr(at, name)); at += length)
        if ((at == names || at[-1] == ' ') &&
            (at[length] == ',' || !at[length]))
            return true;
    return false;
}

// A sample of its name may be older than what it executed, or there is none.
static void count_blind(struct scheduling *s, struct lane *lane)
{
    char *names = s->totals.blind_names;
    size_t used = strlen(names);

    if (lane->has_spoken || !was_blind(s, lane))
        return;
    s->totals.blind++;
    if (s->sample)
        heard_program(s, lane->entry, lane->name);
    if (*lane->name && !is_among(names, lane->name))
        snprintf(names + used, sizeof s->totals.blind_names - used, "%s%s",
                 used ? ", " : "", lane->name);
}

static uint64_t find_status(const struct scheduling *s, const struct lane *lane)
{
    int64_t status = lane->status;

    if (status < 0 && lane->pid == lane->tid)
        status = heard_status(s, lane->tid, lane->end);
    return status < 0 ? 0 : (uint64_t)status;
}

// What it said of itself at its end may be more than was seen.
static void count_words(const struct scheduling *s, struct lane *lane)
{
    uint64_t words = atomic_load(&lane_entry(s, lane->entry)->cpu_ns);

    if (words > lane->base_ns + lane->cpu_ns)
        lane->cpu_ns = words - lane->base_ns;
}

static void say_end(struct scheduling *s, struct lane *lane)
{
    struct trace_entry *entry = lane_entry(s, lane->entry);
    struct account_event event = {.kind = TRACE_TASK_EXIT};
    uint64_t lives = 0;

    if (atomic_load(&entry->cpu_ns) == 0)
        atomic_store(&entry->cpu_ns, lane->cpu_ns);
    lane->has_spoken =
        !atomic_compare_exchange_strong(&entry->ended, &lives, lane->end);
    if (lane->has_spoken)
        return;
    event.value = find_status(s, lane);
    put(s, lane, lane->end, &event);
}

static void end_drawing(struct scheduling *s, struct lane *lane)
{
    uint64_t ended = atomic_load(&lane_entry(s, lane->entry)->ended);
    struct lane *first = lane_of_process(s, lane->pid);

    count_drawn(lane, ended, TRACE_CPU_BLOCK);
    if (!first)
        return;
    if (first != lane)
        first->threads_ns += lane->drawn_ns;
    if (first->last_word < ended)
        first->last_word = ended;
}

static void end_lane(struct scheduling *s, struct lane *lane)
{
    if (lane->is_over)
        return;
    count_words(s, lane);
    say_end(s, lane);
    end_drawing(s, lane);
    lane->is_over = true;
}

// What the process used and the trace does not show.
static uint64_t unseen_ns(const struct scheduling *s, const struct lane *lane)
{
    uint64_t known = lane->below_ns + lane->drawn_ns + lane->threads_ns;

    return lane->told_ns > known && !s->missed_child ? lane->told_ns - known
                                                     : 0;
}

// As much of used as may be within span, which is behind its last word, before
// somebody who waited for it went on; nothing of a task that lost events: its
// TASK_EXIT may be among them. Returns how much that was.
static uint64_t say_clean_up(struct scheduling *s, struct lane *lane,
                             const struct account_span *span, uint64_t used)
{
    uint64_t from = lane->last_word + 1, until = lane->told_at;

    if (from < span->begin)
        from = span->begin;
    if (until > span->end)
        until = span->end;
    if (used == 0 || until <= from ||
        atomic_load(&lane_entry(s, lane->entry)->lost) > 0)
        return 0;
    if (used > until - from)
        used = until - from;
    if (!lane->stream)
        lane->stream = writer_task_join(s->writer, lane->entry);
    writer_event_at(lane->stream, from, 0, TRACE_CLEAN_UP, lane->cpu, used);
    writer_event_at(lane->stream, from + used, 0, TRACE_CLEAN_UP_END, lane->cpu,
                    0);
    return used;
}

// At once, wherever nobody else is seen on its CPU.
static void clean_up(struct scheduling *s, struct lane *lane)
{
    const struct account_span any = {0, UINT64_MAX};
    uint64_t used = unseen_ns(s, lane);

    if (lane->rest_count == 0)
        say_clean_up(s, lane, &any, used);
    for (unsigned i = 0; i < lane->rest_count; i++)
        used -= say_clean_up(s, lane, &lane->rest[i], used);
}

static void close_lane(struct scheduling *s, struct lane *lane)
{
    if (lane->end) {
        end_lane(s, lane);
        clean_up(s, lane);
    }
    count_blind(s, lane);
    if (lane->stream)
        writer_task_end(lane->stream);
    lane->stream = NULL;
    lane->is_closed = true;
}

// The status of a process comes later than its end.
static bool awaits_status(const struct scheduling *s, const struct lane *lane,
                          uint64_t now)
{
    return now < lane->end + PATIENCE_NS && lane->status < 0 &&
           lane->pid == lane->tid &&
           atomic_load(&lane_entry(s, lane->entry)->ended) == 0;
}

// What a process used in all its parent is told, when that waits for it. By the
// turn after that all is heard that was said before.
static bool awaits_telling(struct lane *lane, uint64_t now)
{
    bool was_told = lane->is_told;

    lane->is_told = lane->told_at != 0;
    return now < lane->end + PATIENCE_NS && !was_told && lane->pid == lane->tid;
}

void lane_settle(struct scheduling *s, struct lane *lane, uint64_t now,
                 bool at_once)
{
    if (lane->is_closed)
        return;
    if (!lane->entry)
        find_entry(s, lane);
    if (!lane->entry && !lane->stream && (at_once || is_silent(lane, now)))
        make_entry(s, lane);
    if (!lane->entry) {
        lane->kept_count = lane->stream ? 0 : lane->kept_count;
        lane->is_closed = lane->stream && lane->end;
        return;
    }
    if (!at_once && is_still_coming(s, lane, now))
        return;
    write_kept(s, lane);
    if (!lane->end || (!at_once && awaits_status(s, lane, now)))
        return;
    end_lane(s, lane);
    if (at_once || !awaits_telling(lane, now))
        close_lane(s, lane);
}

static void drop(struct scheduling *s, struct lane *lane)
{
    struct lane **at = bucket_of(s, lane->tid);

    while (*at != lane)
        at = &(*at)->next;
    *at = lane->next;
    if (lane->entry) {
        s->by_entry[lane->entry] = NULL;
        s->heard[lane->entry].cpu_ns += lane->cpu_ns;
    }
    s->totals.cpu_ns += lane->cpu_ns;
    close_fd(s, &lane->schedstat);
    close_fd(s, &lane->stat);
    account_free(&lane->account);
    free(lane->kept);
    free(lane);
}

// At the end those that live on lose only who looks at them.
void lanes_sweep(struct scheduling *s, bool all)
{
    size_t left = 0;

    for (size_t i = 0; i < s->lane_count; i++) {
        struct lane *lane = s->lanes[i];

        if (all && !lane->is_closed && lane->entry)
            close_lane(s, lane);
        if (all || (lane->is_closed && lane->gone))
            drop(s, lane);
        else
            s->lanes[left++] = lane;
    }
    s->lane_count = left;
}
