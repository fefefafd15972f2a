// flows.c - collects what went through queues and pipes
#include <stdlib.h>
#include <string.h>

#include "tools/trace/flows.h"

static bool grow(void **array, size_t *room, size_t count, size_t size)
{
    size_t more = *room * 2 + 16;
    void *grown;

    if (count < *room)
        return true;
    grown = realloc(*array, more * size);
    if (!grown)
        return false;
    *array = grown;
    *room = more;
    return true;
}

// A list of tasks that doubles at each power of two.
static bool add_task(uint32_t **tasks, size_t *count, uint32_t task)
{
    uint32_t *grown;

    for (size_t i = 0; i < *count; i++)
        if ((*tasks)[i] == task)
            return true;
    if ((*count & (*count - 1)) == 0) {
        grown = realloc(*tasks, (*count ? *count * 2 : 1) * sizeof *grown);
        if (!grown)
            return false;
        *tasks = grown;
    }
    (*tasks)[(*count)++] = task;
    return true;
}

static struct flow *flow_of(struct flows *flows, const struct reader *reader,
                            uint32_t object)
{
    struct flow *all;

    for (size_t i = 0; i < flows->count; i++)
        if (flows->all[i].object == object)
            return &flows->all[i];
    all = realloc(flows->all, (flows->count + 1) * sizeof *all);
    if (!all)
        return NULL;
    flows->all = all;
    all[flows->count] = (struct flow){.reader = reader, .object = object};
    return &all[flows->count++];
}

static uint32_t fill_before(const struct flow *flow)
{
    return flow->count ? flow->moves[flow->count - 1].fill : 0;
}

static bool is_into(uint16_t kind)
{
    return kind == TRACE_PUT || kind == TRACE_PUT_REQUEST ||
           kind == TRACE_PIPE_WRITE || kind == TRACE_PIPE_WRITE_REQUEST;
}

static bool is_of_queue(uint16_t kind)
{
    return kind == TRACE_PUT || kind == TRACE_GET;
}

// Of a pipe the event says how much is in it; of a queue it is counted.
static struct flow_move move_of(const struct flow *flow,
                                const struct trace_record *record, size_t event)
{
    uint16_t kind = TRACE_KIND(record->last);
    struct flow_move move = {.event = (uint32_t)event, .into = is_into(kind)};
    uint32_t before = fill_before(flow);

    if (is_of_queue(kind))
        move.fill = move.into ? before + 1 : before - (before > 0);
    else
        move.fill = (uint32_t)(record->value >> 32) & INT32_MAX;
    return move;
}

static bool is_move(uint16_t kind)
{
    return is_of_queue(kind) || kind == TRACE_PIPE_WRITE ||
           kind == TRACE_PIPE_READ;
}

// Who asks stands at that side, even if nothing ever comes of it.
static bool is_request(uint16_t kind)
{
    return kind == TRACE_PUT_REQUEST || kind == TRACE_GET_REQUEST ||
           kind == TRACE_PIPE_WRITE_REQUEST || kind == TRACE_PIPE_READ_REQUEST;
}

static bool add_move(struct flow *flow, const struct trace_record *record,
                     size_t event)
{
    struct flow_move move = move_of(flow, record, event);

    if (!grow((void **)&flow->moves, &flow->room, flow->count,
              sizeof *flow->moves))
        return false;
    flow->moves[flow->count++] = move;
    return true;
}

static bool add_event(struct flows *flows, const struct model *model,
                      size_t event)
{
    const struct trace_record *record = reader_event(model->reader, event);
    uint16_t kind = TRACE_KIND(record->last);
    uint32_t task = reader_task(model->reader, event);
    const struct model_object *object =
        model_object(model, task, trace_kind_of(kind)->object, record->object);
    struct flow *flow;

    if (!object)
        return true;
    flow = flow_of(flows, model->reader, (uint32_t)(object - model->objects));
    if (!flow || (is_move(kind) && !add_move(flow, record, event)))
        return false;
    return is_into(kind) ? add_task(&flow->sources, &flow->source_count, task)
                         : add_task(&flow->sinks, &flow->sink_count, task);
}

static bool matters(uint16_t kind)
{
    return is_move(kind) || is_request(kind);
}

static bool see(struct flows *flows, const struct model *model, size_t event)
{
    return !matters(TRACE_KIND(reader_event(model->reader, event)->last)) ||
           add_event(flows, model, event);
}

bool flows_see(struct flows *flows, const struct model *model)
{
    return see(flows, model, model->position - 1);
}

void flows_stop(struct flows *flows, const struct model *model)
{
    for (size_t i = 0; i < flows->count; i++)
        flows->all[i].capacity = model->objects[flows->all[i].object].capacity;
}

bool flows_build(struct flows *flows, const struct model *model)
{
    *flows = (struct flows){0};
    for (size_t i = 0; i < model->reader->count; i++)
        if (!see(flows, model, i)) {
            flows_free(flows);
            return false;
        }
    flows_stop(flows, model);
    return true;
}

void flows_free(struct flows *flows)
{
    for (size_t i = 0; i < flows->count; i++) {
        free(flows->all[i].moves);
        free(flows->all[i].sources);
        free(flows->all[i].sinks);
    }
    free(flows->all);
    *flows = (struct flows){0};
}

size_t flow_moves(const struct flow *flow, size_t position)
{
    size_t low = 0, high = flow->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (flow->moves[middle].event < position)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t flow_fill(const struct flow *flow, size_t moves)
{
    return moves ? flow->moves[moves - 1].fill : 0;
}

// What is in it are the last ones that were put.
uint64_t flow_item(const struct flow *flow, size_t moves, uint32_t i)
{
    uint32_t fill = flow_fill(flow, moves);
    uint32_t behind = fill > i ? fill - i : 0; // so many puts back

    while (moves > 0 && behind > 0) {
        moves--;
        if (flow->moves[moves].into && --behind == 0)
            return flow_what(flow, moves);
    }
    return 0;
}

static const struct trace_record *event_of(const struct flow *flow, size_t move)
{
    return reader_event(flow->reader, flow->moves[move].event);
}

uint64_t flow_time(const struct flow *flow, size_t move)
{
    return event_of(flow, move)->time;
}

uint32_t flow_task(const struct flow *flow, size_t move)
{
    return reader_task(flow->reader, flow->moves[move].event);
}

uint64_t flow_what(const struct flow *flow, size_t move)
{
    const struct trace_record *record = event_of(flow, move);

    return is_of_queue(TRACE_KIND(record->last)) ? record->value
                                                 : (uint32_t)record->value;
}
