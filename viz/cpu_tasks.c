// cpu_tasks.c - looks through all lanes once for a window, and keeps it
#include <stdlib.h>
#include <string.h>

#include "viz/cpu_tasks.h"

static struct kept {
    uint64_t version, from, length; // of the lanes; the window
    int columns;
    uint32_t *tasks; // columns of them for each CPU
    size_t room;
} kept;

static bool is_kept(const struct axis *axis)
{
    const struct stage *stage = axis->stage;

    return kept.version == stage->lanes.version && kept.from == stage->from &&
           kept.length == stage->length && kept.columns == axis->columns;
}

static bool make_room(size_t count)
{
    uint32_t *tasks;

    if (count > kept.room) {
        tasks = realloc(kept.tasks, count * sizeof *tasks);
        if (!tasks)
            return false;
        kept.tasks = tasks;
        kept.room = count;
    }
    memset(kept.tasks, 0, count * sizeof *kept.tasks);
    return true;
}

static const struct span *span_at(const struct lanes *lanes, uint32_t task,
                                  uint64_t time)
{
    const struct lane *lane = &lanes->lanes[task];

    return &lane->spans[lanes_find(lane, time)];
}

// Where samples say that two have it at once, it is the one that came last.
static void look_at_column(const struct axis *axis, int i)
{
    const struct lanes *lanes = &axis->stage->lanes;
    uint64_t time = axis_middle(axis, i);

    for (uint32_t task = 1; task < lanes->count; task++) {
        const struct span *span = span_at(lanes, task, time);
        size_t columns = (size_t)kept.columns;
        uint32_t *at;

        if (!span->on_cpu || span->begin > time || time >= lanes->end)
            continue;
        at = &kept.tasks[lanes_cpu(lanes, span->cpu) * columns + (size_t)i];
        if (*at == 0 || span_at(lanes, *at, time)->begin <= span->begin)
            *at = task;
    }
}

static bool look(const struct axis *axis)
{
    const struct stage *stage = axis->stage;

    kept.version = 0;
    kept.columns = axis->columns;
    if (!make_room(stage->lanes.cpu_count * (size_t)axis->columns))
        return false;
    for (int i = 0; i < axis->columns; i++)
        look_at_column(axis, i);
    kept.version = stage->lanes.version;
    kept.from = stage->from;
    kept.length = stage->length;
    return true;
}

const uint32_t *cpu_tasks(const struct axis *axis, size_t cpu)
{
    if (!is_kept(axis) && !look(axis))
        return NULL;
    return &kept.tasks[cpu * (size_t)kept.columns];
}
