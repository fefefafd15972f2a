// scheduling.c - which source, and when the next turn is due
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "tools/recorder/scheduling_parts.h"

// Descriptors are kept for half of those we may have.
static int fd_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 256;
    return limit.rlim_cur > 8192 ? 4096 : (int)(limit.rlim_cur / 2);
}

static bool make_tables(struct scheduling *s)
{
    size_t count = s->writer->header->task_count;

    s->by_entry = calloc(count, sizeof(*s->by_entry));
    s->heard = calloc(count, sizeof *s->heard);
    s->tasks_seen = 1;
    s->fd_limit = fd_limit();
    return s->by_entry && s->heard;
}

static void free_all(struct scheduling *s)
{
    if (s->perf)
        perf_end(s);
    if (s->sample)
        sample_end(s);
    free(s->lanes);
    free(s->by_entry);
    free(s->heard);
    free(s->chunks);
    free(s->children);
    free(s);
}

static bool find_source(struct scheduling *s, bool no_perf, char *why,
                        size_t why_size)
{
    s->source = TRACE_SOURCE_PERF;
    if (!no_perf && perf_begin(s, why, why_size))
        return true;
    s->source = TRACE_SOURCE_FALLBACK;
    return sample_begin(s, why, why_size);
}

static bool begin(struct scheduling *s, bool no_perf, char *why, size_t size)
{
    uint64_t now = writer_now();

    return make_tables(s) &&
           lane_begin(s, (uint32_t)s->pid, (uint32_t)s->pid, now) &&
           find_source(s, no_perf, why, size);
}

struct scheduling *scheduling_begin(struct writer *writer, pid_t pid,
                                    bool no_perf, char *why, size_t why_size)
{
    struct scheduling *s = calloc(1, sizeof *s);

    if (why_size)
        why[0] = '\0';
    if (!s)
        return NULL;
    s->writer = writer;
    s->pid = pid;
    if (begin(s, no_perf, why, why_size))
        return s;
    lanes_sweep(s, true);
    free_all(s);
    return NULL;
}

void scheduling_leave_out(struct scheduling *s, pid_t pid)
{
    s->left_out = pid;
}

void scheduling_go(struct scheduling *s, uint64_t time)
{
    s->lanes[0]->begin = time;
}

enum trace_source scheduling_source(const struct scheduling *s)
{
    return s->source;
}

int scheduling_fds(const struct scheduling *s, struct pollfd *fds, int room)
{
    return s->perf ? perf_fds(s, fds, room) : 0;
}

int scheduling_timeout_ms(const struct scheduling *s)
{
    uint64_t now = writer_now();

    return s->due > now ? (int)((s->due - now + 999999) / 1000000) : 0;
}

// At once all that there is, where last.
static void turn(struct scheduling *s, bool last)
{
    if (s->perf)
        perf_turn(s, last);
    else
        sample_turn(s, last);
}

void scheduling_turn(struct scheduling *s)
{
    turn(s, false);
}

void scheduling_exited(struct scheduling *s, pid_t pid, int status)
{
    struct lane *lane;

    turn(s, true);
    lane = lane_of_process(s, (uint32_t)pid);
    s->due = 0;
    if (!lane)
        return;
    lane_read_last(s, lane);
    if (lane->status < 0)
        lane->status = status;
    if (pid != s->pid)
        return;
    used_read_first(s);
    lane->told_ns = s->first_ns ? s->first_ns + lane->below_ns : 0;
    lane->told_at = writer_now();
}

void scheduling_end(struct scheduling *s, struct scheduling_totals *totals)
{
    uint64_t now;

    turn(s, true);
    now = writer_now();
    for (size_t i = 0; i < s->lane_count; i++)
        lane_settle(s, s->lanes[i], now, true);
    lanes_sweep(s, true);
    s->totals.cpu_ns += used_besides(s);
    s->totals.unseen = s->sample ? sample_unseen(s) : 0;
    *totals = s->totals;
    free_all(s);
}
