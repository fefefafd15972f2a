// places.c - sorts processes by what matters, and tasks by process
#include <stdlib.h>

#include "viz/places.h"

// Of a process: what counts first is more important.
enum weight { HAS_BATON, RAN_LONGEST, ANY_OTHER };

struct place { // of a task
    uint32_t task, pid;
    uint32_t weight, first; // of its process; first: its earliest task
};

static int by_pid(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->pid != y->pid)
        return x->pid < y->pid ? -1 : 1;
    return x->task < y->task ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->weight != y->weight)
        return x->weight < y->weight ? -1 : 1;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return x->task < y->task ? -1 : 1;
}

// ---- What matters -----------------------------------------------------------

static uint64_t ran(const struct stage *stage, uint32_t task)
{
    const struct lanes *lanes = &stage->lanes;
    uint64_t sums[MODEL_DOINGS];

    lanes_sums(lanes, &lanes->lanes[task], lanes->end, sums);
    return sums[MODEL_RUNNING];
}

static bool has_baton(const struct stage *stage, uint32_t pid)
{
    for (size_t i = 0; i < stage->batons.count; i++)
        if (stage->batons.all[i].pid == pid)
            return true;
    return false;
}

// The pid of the process that ran twice as long as any other, or 0. The places
// are sorted by pid.
static uint32_t longest(const struct stage *stage, const struct place *places,
                        uint32_t count)
{
    uint64_t most = 0, next = 0, sum = 0;
    uint32_t pid = 0;

    for (uint32_t i = 0; i < count; i++) {
        sum += ran(stage, places[i].task);
        if (i + 1 < count && places[i + 1].pid == places[i].pid)
            continue;
        if (sum > most) {
            next = most;
            most = sum;
            pid = places[i].pid;
        } else if (sum > next) {
            next = sum;
        }
        sum = 0;
    }
    return most / 2 >= next ? pid : 0;
}

static void weigh(const struct stage *stage, struct place *places,
                  uint32_t count)
{
    uint32_t focus = longest(stage, places, count);

    for (uint32_t i = 0; i < count; i++)
        places[i].weight = has_baton(stage, places[i].pid) ? HAS_BATON
                           : places[i].pid == focus        ? RAN_LONGEST
                                                           : ANY_OTHER;
}

// ---- Order ------------------------------------------------------------------

static void find_places(const struct stage *stage, struct place *places,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct trace_entry *entry = reader_entry(&stage->reader, i + 1);

        places[i] = (struct place){i + 1, entry ? entry->pid : 0, 0, 0};
    }
    qsort(places, count, sizeof *places, by_pid);
    for (uint32_t i = 0; i < count; i++)
        places[i].first = i > 0 && places[i - 1].pid == places[i].pid
                              ? places[i - 1].first
                              : places[i].task;
    if (count > PLACES_CROWD)
        weigh(stage, places, count);
    qsort(places, count, sizeof *places, by_place);
}

uint32_t *places_build(const struct stage *stage)
{
    uint32_t count = stage->lanes.count - 1;
    struct place *places = malloc((count + 1) * sizeof *places);
    uint32_t *tasks = malloc((count + 1) * sizeof *tasks);

    if (places && tasks) {
        find_places(stage, places, count);
        for (uint32_t i = 0; i < count; i++)
            tasks[i] = places[i].task;
    } else {
        free(tasks);
        tasks = NULL;
    }
    free(places);
    return tasks;
}

uint32_t places_task(const struct stage *stage, uint32_t i)
{
    return stage->places ? stage->places[i] : i + 1;
}

// ---- Signs ------------------------------------------------------------------

static const char signs[] = "123456789abcdefghijklmnopqrstuvwxyz"
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
enum { LOWER_SIGNS = 35 };

uint32_t places_digit(uint32_t number)
{
    return number == 0              ? '?'
           : number <= PLACES_SIGNS ? (uint32_t)signs[number - 1]
                                    : '+';
}

uint32_t places_sign(const struct stage *stage, uint32_t task)
{
    uint32_t count = stage->lanes.count - 1;

    if (count <= LOWER_SIGNS || task == 0)
        return places_digit(task);
    for (uint32_t i = 0; i < count && i < PLACES_SIGNS; i++)
        if (places_task(stage, i) == task)
            return (uint32_t)signs[i];
    return '+';
}
