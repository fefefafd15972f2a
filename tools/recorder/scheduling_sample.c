// scheduling_sample.c - lanes from samples of what /proc says of each thread
//
// A round reads the accounts of all threads that are known, then hears what
// the library said of their waits, then lets the accounts place what is sure.
// Who there is says the trace's table of tasks; those that no library speaks
// for are found as threads and children of the others.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "tools/recorder/scheduling_parts.h"

enum {
    TICK_NS = 4000000,   // accounts of who runs are renewed that often, or more
    CLOCK_NS = 12000000, // the same for those that only count ticks of 10 ms
    LEAST_PERIOD_NS = 1000000,
    LONGEST_PERIOD_NS = 20000000,
    LEAST_SEARCH_NS = 5000000,
    LONGEST_SEARCH_NS = 50000000
};

struct sample {
    bool has_proc;      // something is to be read
    bool has_schedstat; // else there are only ticks
    bool no_children;   // the kernel does not list them
    bool found;         // somebody new in this search
    bool is_busy;       // some account moved in this round
    uint64_t search_due, search_period;
    uint64_t boot_ns; // CLOCK_BOOTTIME less CLOCK_MONOTONIC
    uint64_t forks;   // of the machine, before the program was executed
};

// ---- Beginning --------------------------------------------------------------

static void add_why(char *why, size_t size, const char *sentence)
{
    size_t used = strlen(why);

    if (used + 1 < size)
        snprintf(why + used, size - used, "%s%s", used ? "; " : "", sentence);
}

static uint64_t since_boot(void)
{
    struct timespec boot;

    clock_gettime(CLOCK_BOOTTIME, &boot);
    return (uint64_t)boot.tv_sec * 1000000000u + (uint64_t)boot.tv_nsec;
}

static void look_around(struct sample *sample, char *why, size_t size)
{
    struct procfs_stat mine;
    uint32_t pid = (uint32_t)getpid();

    sample->has_proc = procfs_stat(pid, pid, &mine);
    sample->has_schedstat = procfs_has_schedstat();
    if (!sample->has_proc)
        add_why(why, size,
                M("there is no /proc: only what programs say themselves",
                  "no hay /proc: solo lo que dicen los propios programas"));
    else if (!sample->has_schedstat)
        add_why(why, size,
                M("the kernel counts CPU time only in ticks of 10 ms",
                  "el núcleo cuenta el tiempo de CPU solo en pasos de 10 ms"));
}

static void begin_account(const struct scheduling *s, struct lane *lane,
                          const struct account_reading *first)
{
    bool counts = s->sample->has_schedstat;

    account_begin(&lane->account, counts ? TICK_NS : CLOCK_NS, counts, first);
    lane->last = *first;
    lane->has_account = true;
}

static bool read_lane(struct scheduling *s, struct lane *lane,
                      struct account_reading *reading);

// The first process begins with what was there before its program.
static void begin_first(struct scheduling *s)
{
    struct lane *lane = lane_of(s, (uint32_t)s->pid);
    struct account_reading first = {.time = lane->begin};

    if (read_lane(s, lane, &first))
        lane->base_ns = first.run_ns;
    begin_account(s, lane, &first);
    if (!first.state || first.state == 'R')
        return;
    lane->account.said = TRACE_CPU_BLOCK;
    lane_say(lane, lane->begin, TRACE_CPU_BLOCK, first.cpu, 0);
}

bool sample_begin(struct scheduling *s, char *why, size_t why_size)
{
    s->sample = calloc(1, sizeof *s->sample);
    if (!s->sample)
        return false;
    look_around(s->sample, why, why_size);
    s->sample->boot_ns = since_boot() - writer_now();
    s->sample->forks = procfs_forks();
    s->period_ns = LEAST_PERIOD_NS;
    begin_first(s);
    return true;
}

// Those that the library is not in begin others that nobody tells of. What
// began on the whole machine, less what is known, is the most that these can
// be.
int64_t sample_unseen(const struct scheduling *s)
{
    uint64_t before = s->sample->forks, now = procfs_forks();
    uint64_t known = s->totals.threads - 1; // the first began before that

    if (s->totals.blind == 0)
        return 0;
    if (before == 0 || now < before + known)
        return -1;
    return (int64_t)(now - before - known);
}

void sample_end(struct scheduling *s)
{
    free(s->sample);
    s->sample = NULL;
}

// ---- Who there is -----------------------------------------------------------

static void meet(struct scheduling *s, uint32_t number)
{
    const struct trace_entry *entry = lane_entry(s, number);
    struct lane *lane = lane_of(s, entry->tid);

    if (s->by_entry[number] || s->heard[number].is_ours)
        return;
    if (!lane || lane->pid != entry->pid || lane->entry)
        lane = lane_begin(s, entry->pid, entry->tid, entry->begin);
    if (!lane)
        return;
    lane->entry = number;
    s->by_entry[number] = lane;
}

// The library tells of each thread that it is in.
static void meet_tasks(struct scheduling *s)
{
    const struct trace_header *header = s->writer->header;
    uint64_t next = atomic_load(&header->next_task);

    if (next > header->task_count)
        next = header->task_count;
    for (; s->tasks_seen < next; s->tasks_seen++) {
        if (!atomic_load_explicit(
                &lane_entry(s, (uint32_t)s->tasks_seen)->check,
                memory_order_acquire))
            return;
        meet(s, (uint32_t)s->tasks_seen);
    }
}

// The kernel says it to 10 ms; it was not before who began it.
static uint64_t birth(const struct scheduling *s,
                      const struct procfs_stat *stat, uint32_t parent)
{
    const struct lane *elder = lane_of(s, parent);
    uint64_t now = writer_now();
    uint64_t start = stat->start_ns > s->sample->boot_ns
                         ? stat->start_ns - s->sample->boot_ns
                         : 0;

    if (start < s->writer->header->start)
        start = s->writer->header->start;
    if (elder && start < elder->begin)
        start = elder->begin;
    return start < now ? start : now;
}

static void find(struct scheduling *s, uint32_t pid, uint32_t tid,
                 uint32_t parent)
{
    struct procfs_stat stat;
    struct lane *lane;

    if (pid == (uint32_t)s->left_out || lane_of(s, tid) ||
        !procfs_stat(pid, tid, &stat))
        return;
    lane = lane_begin(s, pid, tid, birth(s, &stat, parent));
    if (!lane)
        return;
    lane->parent = parent;
    memcpy(lane->name, stat.name, sizeof lane->name);
    s->sample->found = true;
}

struct search {
    struct scheduling *s;
    uint32_t pid;
};

static void found_thread(void *context, uint32_t tid, uint32_t parent)
{
    struct search *search = context;

    (void)parent;
    find(search->s, search->pid, tid, search->pid);
}

static void found_child(void *context, uint32_t pid, uint32_t parent)
{
    struct search *search = context;

    find(search->s, pid, pid, parent);
}

static void found_process(void *context, uint32_t pid, uint32_t parent)
{
    struct search *search = context;

    if (lane_of(search->s, parent) || parent == (uint32_t)getpid())
        find(search->s, pid, pid, parent);
}

static void count_threads(struct scheduling *s)
{
    for (size_t i = 0; i < s->lane_count; i++)
        s->lanes[i]->threads = 0;
    for (size_t i = 0; i < s->lane_count; i++) {
        struct lane *leader = lane_of(s, s->lanes[i]->pid);

        if (leader && !s->lanes[i]->gone)
            leader->threads++;
    }
}

static void search_threads(struct scheduling *s)
{
    count_threads(s);
    for (size_t i = 0; i < s->lane_count; i++) {
        const struct lane *lane = s->lanes[i];
        struct search search = {s, lane->pid};

        if (!lane->gone && lane->tid == lane->pid && !lane->end &&
            procfs_thread_count(lane->pid) > lane->threads)
            procfs_threads(lane->pid, found_thread, &search);
    }
}

// Lanes that are found are looked at as well, in the same loop.
static void search_children(struct scheduling *s)
{
    struct search search = {s, 0};
    uint32_t own = (uint32_t)getpid();

    if (!procfs_children(own, own, found_child, &search))
        s->sample->no_children = true;
    for (size_t i = 0; i < s->lane_count; i++)
        if (!s->lanes[i]->gone && !s->lanes[i]->end)
            procfs_children(s->lanes[i]->pid, s->lanes[i]->tid, found_child,
                            &search);
}

static void search_processes(struct scheduling *s)
{
    struct search search = {s, 0};
    bool found;

    do {
        found = s->sample->found;
        s->sample->found = false;
        procfs_processes(found_process, &search);
        found |= s->sample->found;
    } while (s->sample->found);
    s->sample->found = found;
}

static void search_family(struct scheduling *s, uint64_t now)
{
    struct sample *sample = s->sample;

    if (!sample->has_proc || now < sample->search_due)
        return;
    sample->found = false;
    search_threads(s);
    if (!sample->no_children)
        search_children(s);
    if (sample->no_children)
        search_processes(s);
    sample->search_period =
        sample->found ? LEAST_SEARCH_NS : sample->search_period * 2;
    if (sample->search_period < LEAST_SEARCH_NS)
        sample->search_period = LEAST_SEARCH_NS;
    if (sample->search_period > LONGEST_SEARCH_NS)
        sample->search_period = LONGEST_SEARCH_NS;
    sample->search_due = now + sample->search_period;
}

// ---- Reading ----------------------------------------------------------------

static bool read_stat(struct scheduling *s, struct lane *lane,
                      struct procfs_stat *stat)
{
    int fd = lane->stat;
    bool is_read;

    if (fd < 0)
        fd = procfs_open(lane->pid, lane->tid, "stat");
    if (fd < 0)
        return false;
    is_read = procfs_read_stat(fd, stat);
    if (lane->stat < 0 && (lane->stat = lane_keep_fd(s, fd)) < 0)
        close(fd);
    return is_read;
}

static void rename_lane(struct scheduling *s, struct lane *lane,
                        const char *name)
{
    if (strncmp(lane->name, name, sizeof lane->name) == 0)
        return;
    memcpy(lane->name, name, sizeof lane->name);
    if (lane->is_ours)
        lane_say(lane, lane->last.time, TRACE_TASK_NAME,
                 writer_name(s->writer, name), 0);
}

static bool is_dead(char state)
{
    return state == 'Z' || state == 'X' || state == 'x';
}

// The state first: whoever runs by then is not taken for one that is off.
static bool read_state(struct scheduling *s, struct lane *lane,
                       struct account_reading *reading)
{
    struct procfs_stat stat;

    if (!read_stat(s, lane, &stat))
        return false;
    rename_lane(s, lane, stat.name);
    reading->state = stat.state;
    reading->cpu = stat.cpu;
    if (!s->sample->has_schedstat)
        reading->run_ns =
            stat.ticks * (1000000000u / (uint64_t)sysconf(_SC_CLK_TCK));
    if (is_dead(stat.state)) {
        lane->is_zombie = true;
        if (lane->pid == lane->tid && lane->status < 0)
            lane->status = stat.status;
    }
    return true;
}

static bool has_moved(const struct lane *lane,
                      const struct account_reading *reading)
{
    return reading->run_ns != lane->last.run_ns ||
           reading->delay_ns != lane->last.delay_ns ||
           reading->arrivals != lane->last.arrivals;
}

// One that slept and has not been on a CPU since still does: its state need
// not be read. Returns false when the thread is gone.
static bool read_lane(struct scheduling *s, struct lane *lane,
                      struct account_reading *reading)
{
    *reading = lane->last;
    if (!s->sample->has_proc)
        return false;
    if (s->sample->has_schedstat && lane->has_account && lane->last.state &&
        lane->last.state != 'R') {
        if (lane_read(s, lane, reading) != 0)
            return false;
        if (!has_moved(lane, reading))
            return true;
    }
    if (!read_state(s, lane, reading))
        return false;
    reading->time = writer_now();
    return !s->sample->has_schedstat || lane_read(s, lane, reading) == 0;
}

// ---- What it means ----------------------------------------------------------

static void write_event(void *context, const struct account_event *event)
{
    lane_say(context, event->time, event->kind, event->object, event->value);
}

static void begin_newborn(const struct scheduling *s, struct lane *lane)
{
    const struct account_reading nothing = {.time = lane->begin};

    if (!lane->has_account)
        begin_account(s, lane, &nothing);
}

static void count_cpu(struct lane *lane, uint64_t run_ns)
{
    if (run_ns > lane->base_ns + lane->cpu_ns)
        lane->cpu_ns = run_ns - lane->base_ns;
}

// What it said of itself at its end, where it could.
static void take_words(const struct trace_entry *entry,
                       struct account_reading *reading)
{
    uint64_t run = atomic_load(&entry->cpu_ns);
    uint64_t delay = atomic_load(&entry->delay_ns);

    if (run > reading->run_ns) {
        reading->run_ns = run;
        reading->arrivals++; // once more, at least
    }
    if (delay > reading->delay_ns)
        reading->delay_ns = delay;
}

// Its lane ends here; its accounts may still grow in the kernel.
static void end_lane(const struct scheduling *s, struct lane *lane,
                     uint64_t time)
{
    const struct trace_entry *entry =
        lane->entry ? lane_entry(s, lane->entry) : NULL;
    uint64_t ended = entry ? atomic_load(&entry->ended) : 0;
    struct account_reading last = lane->last;

    if (lane->end)
        return;
    begin_newborn(s, lane);
    if (ended)
        take_words(entry, &last);
    last.time = ended ? ended : time;
    last.state = 'X';
    account_take(&lane->account, &last, write_event, lane);
    count_cpu(lane, last.run_ns);
    lane_end(lane, last.time, -1);
}

static bool has_ended(const struct scheduling *s, const struct lane *lane)
{
    return lane->entry && atomic_load(&lane_entry(s, lane->entry)->ended) != 0;
}

static void look_at(struct scheduling *s, struct lane *lane)
{
    struct account_reading reading;

    lane->is_fresh = false;
    if (lane->gone)
        return;
    begin_newborn(s, lane);
    if (!read_lane(s, lane, &reading)) {
        lane->gone = s->sample->has_proc || has_ended(s, lane);
        return;
    }
    s->sample->is_busy |= has_moved(lane, &reading) || reading.state == 'R';
    lane->last = reading;
    lane->cpu = reading.cpu;
    lane->is_fresh = true;
    count_cpu(lane, reading.run_ns);
}

// It was on a CPU when it said that it begins; what was before is not shown.
static void be_born(const struct scheduling *s, struct lane *lane)
{
    uint64_t begin = lane->entry ? lane_beginning(s, lane) : 0;

    if (lane->is_born || !begin)
        return;
    lane->is_born = true;
    if (lane->account.time >= begin || lane->is_ours)
        return;
    lane->account.time = begin;
    lane->account.said = 0;
}

static void settle(struct scheduling *s, struct lane *lane, uint64_t now)
{
    be_born(s, lane);
    if (lane->gone || lane->is_zombie || has_ended(s, lane))
        end_lane(s, lane, now);
    else if (lane->is_fresh)
        account_take(&lane->account, &lane->last, write_event, lane);
    if (lane->kept_count || lane->end || !lane->entry)
        lane_settle(s, lane, now, false);
}

// ---- Rounds -----------------------------------------------------------------

static void round_of_all(struct scheduling *s, uint64_t now)
{
    meet_tasks(s);
    search_family(s, now);
    for (size_t i = 0; i < s->lane_count; i++)
        look_at(s, s->lanes[i]);
    meet_tasks(s);
    heard_turn(s, true);
    now = writer_now();
    for (size_t i = 0; i < s->lane_count; i++)
        settle(s, s->lanes[i], now);
    lanes_sweep(s, false);
}

static void plan_next(struct scheduling *s, uint64_t now)
{
    uint64_t took = writer_now() - now;

    s->period_ns = s->sample->is_busy ? LEAST_PERIOD_NS : s->period_ns * 2;
    if (s->period_ns > LONGEST_PERIOD_NS)
        s->period_ns = LONGEST_PERIOD_NS;
    if (s->period_ns < 20 * took)
        s->period_ns = 20 * took;
    s->due = now + s->period_ns;
}

void sample_turn(struct scheduling *s, bool last)
{
    uint64_t now = writer_now();

    if (!last && now < s->due)
        return;
    s->sample->is_busy = false;
    round_of_all(s, now);
    plan_next(s, now);
}
