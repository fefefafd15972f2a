// scheduling_cpus.c - since when, and until when, a CPU is a thread's
//
// The kernel charges a switch to the thread that comes, but its record says
// when all work for it was done, that for perf as well: some microseconds
// later. How long that takes on average say the accounts of threads that are
// off their CPU. And where a process ended, it is being taken away while none
// of the others is there.
#include <stdlib.h>
#include <unistd.h>

#include "tools/recorder/scheduling_parts.h"

enum {
    SURE = 16,         // switches, for an average
    LONGEST_NS = 10000 // that a switch may take; the rest has other reasons
};

struct cpu {
    uint64_t left; // time at which one of the family left it last
    uint32_t died; // its pid, where that was its end; else 0
};

struct cpus {
    struct cpu *all; // by number
    uint32_t count;
    int64_t charged_ns; // beyond what records say, in all
    uint64_t switches;  // for which that was
};

bool cpus_begin(struct scheduling *s)
{
    long count = sysconf(_SC_NPROCESSORS_CONF);

    s->cpus = calloc(1, sizeof *s->cpus);
    if (!s->cpus)
        return false;
    s->cpus->count = count > 0 ? (uint32_t)count : 1;
    s->cpus->all = calloc(s->cpus->count, sizeof *s->cpus->all);
    return s->cpus->all != NULL;
}

void cpus_end(struct scheduling *s)
{
    if (s->cpus)
        free(s->cpus->all);
    free(s->cpus);
    s->cpus = NULL;
}

static uint64_t switch_ns(const struct cpus *cpus)
{
    int64_t average;

    if (cpus->switches < SURE || cpus->charged_ns <= 0)
        return 0;
    average = cpus->charged_ns / (int64_t)cpus->switches;
    return average < LONGEST_NS ? (uint64_t)average : LONGEST_NS;
}

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

// The process that ended there last, as long as more may be heard of it.
static struct lane *dead_of(const struct scheduling *s, struct cpu *cpu)
{
    struct lane *dead = cpu->died ? lane_of_process(s, cpu->died) : NULL;

    if (dead && dead->end && dead->rest_count > 0)
        return dead;
    cpu->died = 0;
    return NULL;
}

uint64_t cpus_arrive(struct scheduling *s, const struct lane *lane,
                     uint32_t number, uint64_t time)
{
    uint64_t begin = later(time - switch_ns(s->cpus), lane->off_since);
    struct lane *dead;

    if (number >= s->cpus->count)
        return time;
    begin = later(begin, s->cpus->all[number].left);
    if (begin > time)
        begin = time;
    dead = dead_of(s, &s->cpus->all[number]);
    if (dead && dead->rest[dead->rest_count - 1].end == UINT64_MAX)
        dead->rest[dead->rest_count - 1].end = begin;
    return begin;
}

static void begin_rest(struct lane *dead, uint64_t time)
{
    if (dead->rest_count < LANE_REST)
        dead->rest[dead->rest_count++] =
            (struct account_span){time, UINT64_MAX};
}

void cpus_leave(struct scheduling *s, uint32_t number, uint64_t time)
{
    struct lane *dead;

    if (number >= s->cpus->count)
        return;
    s->cpus->all[number].left = time;
    dead = dead_of(s, &s->cpus->all[number]);
    if (dead)
        begin_rest(dead, time);
}

// What is between its last word and its end is before any other's time.
void cpus_end_on(struct scheduling *s, struct lane *lane, uint32_t number,
                 uint64_t time)
{
    if (number >= s->cpus->count)
        return;
    s->cpus->all[number] = (struct cpu){time, lane->pid};
    begin_rest(lane, 0);
}

void cpus_measure(struct scheduling *s, struct lane *lane,
                  const struct account_reading *now)
{
    bool is_whole = lane->read_arrivals != UINT64_MAX && !lane->read_on &&
                    now->arrivals == lane->read_arrivals + lane->arrivals;

    if (is_whole && !lane->is_on && !lane->gone) {
        s->cpus->charged_ns += (int64_t)(now->run_ns - lane->read_run_ns) -
                               (int64_t)lane->recorded_ns;
        s->cpus->switches += lane->arrivals;
    }
    lane->read_on = lane->is_on;
    lane->read_run_ns = now->run_ns;
    lane->recorded_ns = 0;
}
