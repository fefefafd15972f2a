// scheduling_perf.c - the kernel's context switches become lanes
//
// One event a CPU, inherited by all that descends from the first process; each
// has a ring of memory that the kernel writes and we read. All rings are read
// up to one moment and merged by time: a thread that moves from one CPU to
// another must be seen to leave before it arrives.
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/course/error_words.h"
#include "tools/recorder/scheduling_parts.h"

enum {
    MOST_PAGES = 512,              // of one ring; an ordinary user may get 128
    MOST_BYTES = 64 * 1024 * 1024, // of all rings
    LEAST_PERIOD_NS = 10000000,
    LONGEST_PERIOD_NS = 100000000,
    LATE_NS = 50000,        // a record may come into its ring that late
    WAKE_BYTES = 64 * 1024, // in a ring, to be woken before it is due
    BATCH = 4096            // records before the kernel gets their room back
};

// At the end of every record, as asked for by sample_type.
struct about {
    uint32_t pid, tid;
    uint64_t time;
    uint32_t cpu, unused;
};

struct life { // PERF_RECORD_FORK and EXIT
    struct perf_event_header header;
    uint32_t pid, parent_pid, tid, parent_tid;
    uint64_t time;
};

struct name { // PERF_RECORD_COMM
    struct perf_event_header header;
    uint32_t pid, tid;
    char name[16];
};

struct lost {
    struct perf_event_header header;
    uint64_t id, count;
};

union record {
    struct perf_event_header header;
    struct life life;
    struct name name;
    struct lost lost;
    char bytes[256];
};

struct ring {
    int fd;
    struct perf_event_mmap_page *page;
    char *data;
    uint64_t size, mapped; // bytes
    uint64_t head, tail;
    uint64_t next; // time of the next record, UINT64_MAX: none
};

struct perf {
    struct ring *rings;
    int count, epoll;
    uint64_t lost_before; // of the last turn
};

// ---- Opening ----------------------------------------------------------------

static int open_event(pid_t pid, int cpu)
{
    struct perf_event_attr attr = {
        .type = PERF_TYPE_SOFTWARE,
        .size = sizeof attr,
        .config = PERF_COUNT_SW_DUMMY,
        .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_CPU,
        .inherit = 1,
        .exclude_kernel = 1,
        .exclude_hv = 1,
        .context_switch = 1,
        .task = 1,
        .comm = 1,
        .sample_id_all = 1,
        .watermark = 1,
        .use_clockid = 1,
        .clockid = CLOCK_MONOTONIC,
    };

    attr.wakeup_watermark = WAKE_BYTES;
    return (int)syscall(SYS_perf_event_open, &attr, pid, cpu, -1,
                        PERF_FLAG_FD_CLOEXEC);
}

// As large as we may; smaller where others have locked memory already.
static bool map_ring(struct ring *ring, long most_pages)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    for (long pages = most_pages; pages > 0; pages /= 2) {
        size_t size = ((size_t)pages + 1) * page;
        void *at =
            mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);

        if (at != MAP_FAILED) {
            ring->page = at;
            ring->data = (char *)at + page;
            ring->size = (uint64_t)pages * page;
            ring->mapped = size;
            return true;
        }
    }
    return false;
}

static long ring_pages(long cpus)
{
    long pages = MOST_PAGES, page = sysconf(_SC_PAGESIZE);

    while (pages > 4 && pages * page * cpus > MOST_BYTES)
        pages /= 2;
    return pages;
}

// Edges only: an event whose first thread is over counts as hung up for ever,
// though the threads that inherited it still write to its ring.
static bool watch_ring(const struct perf *perf, int number)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLET};

    return epoll_ctl(perf->epoll, EPOLL_CTL_ADD, perf->rings[number].fd,
                     &event) == 0;
}

// CPUs that are off, or that do not exist, have no ring.
static bool open_ring(struct perf *perf, pid_t pid, int cpu, long pages)
{
    struct ring *ring = &perf->rings[perf->count];

    *ring = (struct ring){.fd = open_event(pid, cpu)};
    if (ring->fd < 0)
        return (errno == ENODEV || errno == EINVAL) && cpu > 0;
    perf->count++;
    return map_ring(ring, pages) && watch_ring(perf, perf->count - 1);
}

static bool open_rings(struct perf *perf, pid_t pid)
{
    long cpus = sysconf(_SC_NPROCESSORS_CONF);

    if (cpus < 1)
        cpus = 1;
    perf->rings = calloc((size_t)cpus, sizeof *perf->rings);
    perf->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!perf->rings || perf->epoll < 0)
        return false;
    for (int cpu = 0; cpu < cpus; cpu++)
        if (!open_ring(perf, pid, cpu, ring_pages(cpus)))
            return false;
    return true;
}

static int paranoia(void)
{
    FILE *file = fopen("/proc/sys/kernel/perf_event_paranoid", "re");
    int level = -100;

    if (!file)
        return level;
    if (fscanf(file, "%d", &level) != 1)
        level = -100;
    fclose(file);
    return level;
}

static void explain(int error, char *why, size_t size)
{
    int level = paranoia();

    if ((error == EACCES || error == EPERM) && level > 2)
        snprintf(why, size,
                 M("the kernel shows its context switches to nobody "
                   "(kernel.perf_event_paranoid is %d, 2 is enough)",
                   "el núcleo no muestra a nadie sus cambios de contexto "
                   "(kernel.perf_event_paranoid vale %d, basta con 2)"),
                 level);
    else
        snprintf(why, size,
                 M("the kernel does not show its context switches here (%s)",
                   "aquí el núcleo no muestra sus cambios de contexto (%s)"),
                 error_words(error));
}

static void close_ring(struct ring *ring)
{
    if (ring->page)
        munmap(ring->page, ring->mapped);
    close(ring->fd);
}

void perf_end(struct scheduling *s)
{
    struct perf *perf = s->perf;

    for (int i = 0; i < perf->count; i++)
        close_ring(&perf->rings[i]);
    if (perf->epoll >= 0)
        close(perf->epoll);
    free(perf->rings);
    free(perf);
    cpus_end(s);
    s->perf = NULL;
}

// What the first process did before is not to be counted. It is held, unless
// it has not come so far yet.
static void begin_accounts(struct scheduling *s)
{
    struct account_reading reading = {0};
    struct lane *lane = lane_of(s, (uint32_t)s->pid);
    struct procfs_stat stat;

    if (!lane || lane_read(s, lane, &reading) != 0 ||
        !procfs_stat(lane->pid, lane->tid, &stat))
        return;
    lane->base_ns = reading.run_ns;
    lane->read_delay_ns = reading.delay_ns;
    lane->read_arrivals = reading.arrivals;
    lane->read_run_ns = reading.run_ns;
    lane->read_on = stat.state == 'R';
    if (lane->read_on)
        return;
    lane->off_since = lane->begin;
    lane->is_blocked = true;
    lane_say(lane, lane->begin, TRACE_CPU_BLOCK, stat.cpu, 0);
}

bool perf_begin(struct scheduling *s, char *why, size_t why_size)
{
    errno = ENOMEM;
    s->perf = calloc(1, sizeof *s->perf);
    if (s->perf && cpus_begin(s) && open_rings(s->perf, s->pid)) {
        s->period_ns = LEAST_PERIOD_NS;
        begin_accounts(s);
        return true;
    }
    explain(errno, why, why_size);
    if (s->perf)
        perf_end(s);
    return false;
}

int perf_fds(const struct scheduling *s, struct pollfd *fds, int room)
{
    if (room < 1)
        return 0;
    fds[0] = (struct pollfd){.fd = s->perf->epoll, .events = POLLIN};
    return 1;
}

// ---- Records ----------------------------------------------------------------

static void copy_out(const struct ring *ring, uint64_t from, void *to,
                     size_t size)
{
    size_t at = (size_t)(from & (ring->size - 1));
    size_t first = size < ring->size - at ? size : (size_t)(ring->size - at);

    memcpy(to, ring->data + at, first);
    memcpy((char *)to + first, ring->data, size - first);
}

static struct perf_event_header header_at(const struct ring *ring)
{
    struct perf_event_header header;

    copy_out(ring, ring->tail, &header, sizeof header);
    return header;
}

static struct about about_of(const struct ring *ring, size_t size)
{
    struct about about = {0};

    if (size >= sizeof about + sizeof(struct perf_event_header))
        copy_out(ring, ring->tail + size - sizeof about, &about, sizeof about);
    return about;
}

// Looks at the next record of the ring; one after until is left for later.
static void look_ahead(struct ring *ring, uint64_t until)
{
    uint64_t time;

    ring->next = UINT64_MAX;
    if (ring->tail == ring->head)
        return;
    time = about_of(ring, header_at(ring).size).time;
    if (time <= until)
        ring->next = time;
}

static struct ring *earliest(const struct perf *perf)
{
    struct ring *first = NULL;

    for (int i = 0; i < perf->count; i++) {
        struct ring *ring = &perf->rings[i];

        if (ring->next != UINT64_MAX && (!first || ring->next < first->next))
            first = ring;
    }
    return first;
}

// ---- What they mean ---------------------------------------------------------

// A thread whose birth was lost.
static struct lane *need_lane(struct scheduling *s, const struct about *about)
{
    struct lane *lane = lane_of(s, about->tid);

    if (lane || about->tid == 0 || about->tid == UINT32_MAX)
        return lane;
    lane = lane_begin(s, about->pid, about->tid, about->time);
    if (lane)
        lane->read_arrivals = UINT64_MAX;
    return lane;
}

static void arrive(struct scheduling *s, struct lane *lane,
                   const struct about *about)
{
    if (lane->is_on)
        return;
    lane->is_on = true;
    lane->cpu = about->cpu;
    lane->on_record = about->time;
    lane->on_since = cpus_arrive(s, lane, about->cpu, about->time);
    lane->arrivals++;
    if (lane->is_blocked) {
        lane->blocks++;
        lane->last_run = lane->kept_count;
        lane->blocked_at = lane->off_since;
    } else if (lane->off_since) {
        lane->preempted_ns += lane->on_since - lane->off_since;
    }
    lane_say(lane, lane->on_since, TRACE_CPU_RUN, about->cpu, 0);
}

static void stop_running(struct lane *lane, uint64_t time)
{
    if (lane->is_on && time > lane->on_since)
        lane->cpu_ns += time - lane->on_since;
    if (lane->is_on && time > lane->on_record)
        lane->recorded_ns += time - lane->on_record;
    lane->is_on = false;
    lane->off_since = time;
}

// The first one of all may be on a CPU when its events begin.
static void depart(struct scheduling *s, struct lane *lane,
                   const struct about *about, bool preempted)
{
    if (!lane->is_on) {
        lane->on_since = lane->off_since ? about->time : lane->begin;
        lane->on_record = lane->on_since;
        lane->is_on = true;
        lane_say(lane, lane->on_since, TRACE_CPU_RUN, about->cpu, 0);
    }
    stop_running(lane, about->time);
    cpus_leave(s, about->cpu, about->time);
    lane->is_blocked = !preempted;
    lane_say(lane, about->time, preempted ? TRACE_CPU_PREEMPT : TRACE_CPU_BLOCK,
             about->cpu, 0);
}

static void take_switch(struct scheduling *s, const union record *record,
                        const struct about *about)
{
    struct lane *lane = need_lane(s, about);

    if (!lane)
        return;
    lane->was_touched = true;
    if (record->header.misc & PERF_RECORD_MISC_SWITCH_OUT)
        depart(s, lane, about,
               record->header.misc & PERF_RECORD_MISC_SWITCH_OUT_PREEMPT);
    else
        arrive(s, lane, about);
}

// A newborn is ready and waits for its first turn.
static void take_birth(struct scheduling *s, const struct life *life)
{
    struct lane *lane = lane_begin(s, life->pid, life->tid, life->time);
    const struct lane *parent = lane_of(s, life->parent_tid);

    if (!lane)
        return;
    lane->parent = life->parent_tid;
    lane->off_since = life->time;
    lane->was_touched = true;
    if (parent)
        memcpy(lane->name, parent->name, sizeof lane->name);
    lane_say(lane, life->time, TRACE_CPU_WAKE, 0, 0);
}

static void look_at_dead(struct scheduling *s, struct lane *lane)
{
    struct procfs_stat stat;

    if (!procfs_stat(lane->pid, lane->tid, &stat) || stat.status < 0)
        return;
    lane->status = stat.status;
    lane_read_last(s, lane);
}

static void take_death(struct scheduling *s, const struct life *life,
                       const struct about *about)
{
    struct lane *lane = lane_of(s, life->tid);

    if (!lane)
        return;
    if (lane->is_on)
        lane_say(lane, life->time, TRACE_CPU_BLOCK, about->cpu, 0);
    stop_running(lane, life->time);
    lane_end(lane, life->time, -1);
    if (lane->pid == lane->tid)
        cpus_end_on(s, lane, about->cpu, life->time);
    else
        cpus_leave(s, about->cpu, life->time);
    lane->gone = lane->was_touched = true;
    if (lane->pid == lane->tid)
        look_at_dead(s, lane);
}

static void take_name(struct scheduling *s, const struct name *name,
                      const struct about *about)
{
    struct lane *lane = need_lane(s, about);

    if (!lane || name->tid != about->tid)
        return;
    snprintf(lane->name, sizeof lane->name, "%.15s", name->name);
    if (lane->is_ours)
        lane_say(lane, about->time, TRACE_TASK_NAME,
                 writer_name(s->writer, lane->name), 0);
}

// After a loss nobody knows what a difference of accounts was about.
static void take_loss(struct scheduling *s, uint64_t count)
{
    s->totals.lost += count;
    for (size_t i = 0; i < s->lane_count; i++)
        s->lanes[i]->read_arrivals = UINT64_MAX;
}

static void take_record(struct scheduling *s, const union record *record,
                        const struct about *about)
{
    switch (record->header.type) {
    case PERF_RECORD_SWITCH:
        take_switch(s, record, about);
        break;
    case PERF_RECORD_FORK:
        take_birth(s, &record->life);
        break;
    case PERF_RECORD_EXIT:
        take_death(s, &record->life, about);
        break;
    case PERF_RECORD_COMM:
        take_name(s, &record->name, about);
        break;
    case PERF_RECORD_LOST:
        take_loss(s, record->lost.count);
        break;
    default:
        break;
    }
}

static void take_next(struct scheduling *s, struct ring *ring)
{
    union record record = {0};
    size_t size = header_at(ring).size;
    struct about about = about_of(ring, size);

    copy_out(ring, ring->tail, &record,
             size < sizeof record ? size : sizeof record);
    if (size == 0) // cannot be; do not stay here for ever
        size = (size_t)(ring->head - ring->tail);
    take_record(s, &record, &about);
    ring->tail += size;
}

// ---- Ready time -------------------------------------------------------------

// The kernel says how long a thread was ready in all. What is not due to its
// being preempted belongs to the waits before it was put on a CPU again: to
// which is known when there was only one.
static void place_delay(struct lane *lane, uint64_t delay)
{
    uint64_t time;

    if (lane->blocks == 0 || delay == 0 || lane->kept_count == 0)
        return;
    if (lane->blocks > 1 || lane->last_run == SIZE_MAX) {
        time = lane->kept[lane->kept_count - 1].time;
        lane_say(lane, time, TRACE_CPU_DELAY, 0, delay);
        return;
    }
    time = lane->kept[lane->last_run].time;
    time = time > lane->blocked_at + delay ? time - delay : lane->blocked_at;
    lane_insert(lane, lane->last_run, time, TRACE_CPU_WAKE);
}

static void begin_count(struct lane *lane, const struct account_reading *now)
{
    lane->read_delay_ns = now->delay_ns;
    lane->read_arrivals = now->arrivals;
    lane->arrivals = lane->blocks = lane->preempted_ns = 0;
    lane->last_run = SIZE_MAX;
}

// Of a thread that is gone the library may have said the sum.
static bool read_words(const struct scheduling *s, const struct lane *lane,
                       struct account_reading *now)
{
    if (!lane->entry)
        return false;
    now->delay_ns = atomic_load(&lane_entry(s, lane->entry)->delay_ns);
    now->arrivals = lane->read_arrivals + lane->arrivals;
    return now->delay_ns > 0;
}

static bool read_accounts(struct scheduling *s, struct lane *lane,
                          struct account_reading *now)
{
    if (lane->gone)
        return read_words(s, lane, now);
    return lane_read(s, lane, now) == 0;
}

// Where it was put on a CPU more often than we have seen, there are records to
// come.
static void take_accounts(struct scheduling *s, struct lane *lane)
{
    struct account_reading now = {0};
    uint64_t delay;

    lane->was_touched = false;
    if (!read_accounts(s, lane, &now))
        return;
    if (lane->read_arrivals != UINT64_MAX) {
        if (now.arrivals > lane->read_arrivals + lane->arrivals)
            return;
        delay = now.delay_ns - lane->read_delay_ns;
        if (now.delay_ns > lane->read_delay_ns && delay > lane->preempted_ns)
            place_delay(lane, delay - lane->preempted_ns);
    }
    cpus_measure(s, lane, &now);
    begin_count(lane, &now);
}

// ---- Turns ------------------------------------------------------------------

static void give_back(struct perf *perf)
{
    for (int i = 0; i < perf->count; i++)
        __atomic_store_n(&perf->rings[i].page->data_tail, perf->rings[i].tail,
                         __ATOMIC_RELEASE);
}

static void forget_edges(const struct perf *perf)
{
    struct epoll_event events[16];

    while (epoll_wait(perf->epoll, events, 16, 0) == 16)
        ;
}

static void find_heads(struct perf *perf, uint64_t until)
{
    forget_edges(perf);
    for (int i = 0; i < perf->count; i++) {
        struct ring *ring = &perf->rings[i];

        ring->head = __atomic_load_n(&ring->page->data_head, __ATOMIC_ACQUIRE);
        look_ahead(ring, until);
    }
}

static size_t take_records(struct scheduling *s, uint64_t until)
{
    struct ring *ring;
    size_t count = 0;

    find_heads(s->perf, until);
    while ((ring = earliest(s->perf))) {
        take_next(s, ring);
        look_ahead(ring, until);
        if (++count % BATCH == 0)
            give_back(s->perf);
    }
    give_back(s->perf);
    return count;
}

static void settle_all(struct scheduling *s, uint64_t now)
{
    for (size_t i = 0; i < s->lane_count; i++) {
        struct lane *lane = s->lanes[i];

        if (lane->was_touched)
            take_accounts(s, lane);
        if (lane->kept_count || lane->end)
            lane_settle(s, lane, now, false);
    }
    lanes_sweep(s, false);
}

void perf_turn(struct scheduling *s, bool last)
{
    uint64_t now = writer_now(), took;
    size_t count = take_records(s, last ? UINT64_MAX - 1 : now - LATE_NS);

    heard_turn(s, false);
    settle_all(s, now);
    took = writer_now() - now;
    s->period_ns = count ? LEAST_PERIOD_NS : s->period_ns * 2;
    if (s->period_ns < 20 * took)
        s->period_ns = 20 * took;
    if (s->period_ns > LONGEST_PERIOD_NS)
        s->period_ns = LONGEST_PERIOD_NS;
    s->due = now + s->period_ns;
}
