// scheduling_used.c - what whole processes used, as those who waited were told
//
// The last that a process uses is what the kernel does to take it away, some
// 100 microseconds after the last word about it. Who waits for it is told what
// it used in all, together with those that it waited for itself: what it used
// alone is the difference to what it was told about those.
#include <stdlib.h>
#include <time.h>

#include "tools/recorder/scheduling_parts.h"

enum { BUCKETS = 4096 };

struct process {
    uint64_t all_ns;   // with those that it waited for; 0: not known
    uint64_t below_ns; // of those that it waited for
    uint64_t told_ns;  // by its lanes
    uint32_t next;     // the one before it with such a pid
};

struct table {
    const struct scheduling *s;
    struct process *processes; // by number of their first thread's entry
    uint32_t count;
    uint32_t newest[BUCKETS]; // by pid
    uint64_t unseen_ns;       // by processes that ended before anybody saw them
};

void used_read_first(struct scheduling *s)
{
    const struct lane *lane = lane_of_process(s, (uint32_t)s->pid);
    clockid_t clock;
    struct timespec used;
    uint64_t before = lane ? lane->base_ns : 0;

    if (clock_getcpuclockid(s->pid, &clock) != 0 ||
        clock_gettime(clock, &used) != 0)
        return;
    s->first_ns = (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
    s->first_ns -= before < s->first_ns ? before : s->first_ns;
}

// ---- Whose is it ------------------------------------------------------------

static bool make_table(struct table *table, const struct scheduling *s)
{
    uint64_t count = atomic_load(&s->writer->header->next_task);

    *table = (struct table){.s = s, .count = s->writer->header->task_count};
    if (count < table->count)
        table->count = (uint32_t)count;
    table->processes = calloc(table->count, sizeof *table->processes);
    if (!table->processes)
        return false;
    for (uint32_t i = 1; i < table->count; i++) {
        const struct trace_entry *entry = lane_entry(s, i);
        uint32_t *newest = &table->newest[entry->pid % BUCKETS];

        if (entry->pid != entry->tid || !atomic_load(&entry->check))
            continue;
        table->processes[i].next = *newest;
        *newest = i;
    }
    return true;
}

// The process that had that number at time; NULL: nobody speaks of it.
static struct process *process_of(struct table *table, uint32_t pid,
                                  uint64_t time)
{
    uint32_t i = table->newest[pid % BUCKETS];

    while (i && (lane_entry(table->s, i)->pid != pid ||
                 lane_entry(table->s, i)->begin > time))
        i = table->processes[i].next;
    return i ? &table->processes[i] : NULL;
}

// ---- What is not known from the lanes ---------------------------------------

static void add_lanes(struct table *table)
{
    for (uint32_t i = 1; i < table->count; i++) {
        const struct trace_entry *entry = lane_entry(table->s, i);
        struct process *its = process_of(table, entry->pid, entry->begin);

        if (its)
            its->told_ns += table->s->heard[i].cpu_ns;
    }
}

static void add_child(struct table *table, const struct heard_child *child)
{
    const struct trace_entry *waiter = lane_entry(table->s, child->waiter);
    struct process *its = process_of(table, child->pid, child->time);
    struct process *above = process_of(table, waiter->pid, child->time);

    if (!its)
        table->unseen_ns += child->used_ns;
    else if (its->all_ns < child->used_ns)
        its->all_ns = child->used_ns;
    if (above)
        above->below_ns += child->used_ns;
}

// Its own is known without the others'.
static void add_first(struct table *table)
{
    struct process *first =
        process_of(table, (uint32_t)table->s->pid, UINT64_MAX);

    if (first && table->s->first_ns)
        first->all_ns = table->s->first_ns + first->below_ns;
}

static uint64_t besides(const struct process *process)
{
    uint64_t known = process->below_ns + process->told_ns;

    return process->all_ns > known ? process->all_ns - known : 0;
}

static bool has_losses(const struct scheduling *s)
{
    struct trace_header *header = s->writer->header;
    uint64_t lost = atomic_load(&header->overwritten);

    for (uint32_t i = 0; i < header->task_count; i++)
        lost += atomic_load(&lane_entry(s, i)->lost);
    return lost > 0 || s->missed_child;
}

uint64_t used_besides(const struct scheduling *s)
{
    struct table table;
    uint64_t sum = 0;

    if (has_losses(s) || !make_table(&table, s))
        return 0;
    add_lanes(&table);
    for (size_t i = 0; i < s->child_count; i++)
        add_child(&table, &s->children[i]);
    add_first(&table);
    for (uint32_t i = 1; i < table.count; i++)
        sum += besides(&table.processes[i]);
    sum += table.unseen_ns;
    free(table.processes);
    return sum;
}
