// waits.c - every wait of a stretch, by what was waited for
#include <stdio.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "tools/trace/words.h"
#include "viz/waits.h"

uint32_t waits_targets(const struct stage *stage)
{
    return (uint32_t)stage->model.object_count + TRACE_KIND_LIMIT;
}

static uint32_t target_of(const struct stage *stage, const struct span *span)
{
    uint32_t kind = span->kind < TRACE_KIND_LIMIT ? span->kind : 0;

    return span->object ? span->object - 1
                        : (uint32_t)stage->model.object_count + kind;
}

// Where what was waited for has no identity of its own.
static const char *words_without_object(uint16_t kind)
{
    switch (kind) {
    case 0:
        return M("no call seen", "sin llamada vista");
    case TRACE_WAIT_REQUEST:
        return M("end of a child", "fin de un hijo");
    case TRACE_JOIN_REQUEST:
        return M("end of a thread", "fin de un hilo");
    case TRACE_IO_REQUEST:
        return M("input, output", "entrada, salida");
    case TRACE_BLOCK_BEGIN:
        return M("blocking calls", "llamadas que bloquean");
    default:
        return NULL;
    }
}

char *waits_label(const struct stage *stage, uint32_t target, char *text,
                  size_t size)
{
    const struct model *model = &stage->model;
    uint16_t kind = (uint16_t)(target - model->object_count);
    const char *words;

    if (target < model->object_count && stage->given && *stage->given[target])
        words = stage->given[target];
    else if (target < model->object_count)
        return model_label(model, &model->objects[target], text, size);
    else
        words = words_without_object(kind);
    if (!words)
        return words_kind(kind, text, size);
    snprintf(text, size, "%s", words);
    return text;
}

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

void waits_walk(const struct stage *stage, uint64_t from, uint64_t to,
                void (*tell)(void *context, const struct wait *wait),
                void *context)
{
    for (uint32_t task = 1; task < stage->lanes.count; task++) {
        const struct lane *lane = &stage->lanes.lanes[task];

        for (size_t i = lanes_find(lane, from); i < lane->count; i++) {
            const struct span *span = &lane->spans[i];
            struct wait wait = {.task = task,
                                .begin = span->begin,
                                .end = lanes_end(&stage->lanes, lane, i),
                                .ended = i + 1 < lane->count};

            if (span->begin >= to)
                break;
            if (span->doing != MODEL_BLOCKED || wait.end <= from ||
                (wait.ended && wait.end == wait.begin)) // got it at once
                continue;
            wait.target = target_of(stage, span);
            wait.inside = earlier(wait.end, to) - later(wait.begin, from);
            tell(context, &wait);
        }
    }
}

struct summing {
    struct waited *all;
    uint64_t to;
};

static void add(void *context, const struct wait *wait)
{
    struct summing *summing = context;
    struct waited *waited = &summing->all[wait->target];

    waited->count++;
    waited->total += wait->inside;
    waited->longest = later(waited->longest, wait->inside);
    waited->open += !wait->ended || wait->end > summing->to;
}

struct waited *waits_sums(const struct stage *stage, uint64_t from, uint64_t to)
{
    struct summing summing = {calloc(waits_targets(stage), sizeof *summing.all),
                              to};

    if (summing.all)
        waits_walk(stage, from, to, add, &summing);
    return summing.all;
}
