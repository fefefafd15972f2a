// state.c - effects of events on the state of their task
#include <string.h>

#include "tools/trace/state.h"

static uint32_t listed(const struct trace_state *state)
{
    return state->held_count < TRACE_HELD ? state->held_count : TRACE_HELD;
}

int state_holds(const struct trace_state *state, uint64_t object)
{
    for (uint32_t i = listed(state); i-- > 0;)
        if (state->held[i] == object)
            return (int)i;
    return -1;
}

static bool own(struct trace_state *state, uint64_t object)
{
    if (state->held_count < TRACE_HELD)
        state->held[state->held_count] = object;
    state->held_count++;
    return true;
}

static void strike(struct trace_state *state, int at)
{
    uint32_t known = listed(state);

    memmove(&state->held[at], &state->held[at + 1],
            (known - (uint32_t)at - 1) * sizeof *state->held);
    state->held[known - 1] = 0;
}

// One that is not listed may be among those that found no room in the list; a
// 0 in it stands for one of these.
static bool disown(struct trace_state *state, uint64_t object)
{
    int at = state_holds(state, object);

    if (at < 0 && state->held_count <= TRACE_HELD)
        at = state_holds(state, 0);
    if (at < 0 && state->held_count <= TRACE_HELD)
        return false;
    if (at >= 0)
        strike(state, at);
    state->held_count--;
    return true;
}

static bool is_for_queue(uint32_t kind)
{
    return kind == TRACE_PUT_REQUEST || kind == TRACE_GET_REQUEST;
}

// A program's own queue is made of locks and conditions: who waits for it waits
// for them, too, and who sleeps in a condition of it asks for it again.
static bool may_wait(uint32_t waits, uint32_t kind)
{
    return waits == 0 || is_for_queue(waits) ||
           (waits == TRACE_COND_WAIT && is_for_queue(kind));
}

static bool wait_for(struct trace_state *state, const struct trace_record *r)
{
    bool was_free = may_wait(state->waits, TRACE_KIND(r->last));

    state->waits = TRACE_KIND(r->last);
    state->object = r->object;
    state->since = r->time;
    return was_free;
}

static bool wake(struct trace_state *state, uint64_t time)
{
    if (state->waits)
        state->since = time;
    state->waits = 0;
    state->object = 0;
    return true;
}

static bool put_on_cpu(struct trace_state *state, const struct trace_record *r,
                       enum trace_cpu cpu)
{
    state->cpu = (uint8_t)cpu;
    state->cpu_number = (uint32_t)r->object;
    state->run_since = r->time;
    return true;
}

static bool begin(struct trace_state *state, uint64_t time)
{
    bool is_first = state->life != TRACE_ALIVE;

    state->life = TRACE_ALIVE;
    state->since = time;
    return is_first;
}

static bool leave(struct trace_state *state, const struct trace_record *r)
{
    bool owned = disown(state, r->value);

    return wait_for(state, r) && owned;
}

static bool end(struct trace_state *state, const struct trace_record *r)
{
    bool was_alive = state->life != TRACE_EXITED;

    wake(state, r->time);
    state->life = TRACE_EXITED;
    state->cpu = TRACE_CPU_UNKNOWN;
    state->since = r->time;
    state->status = (int32_t)r->value;
    return was_alive;
}

static bool apply(struct trace_state *state, const struct trace_record *r)
{
    switch (trace_kind_of(TRACE_KIND(r->last))->effect) {
    case TRACE_BEGINS:
        return begin(state, r->time);
    case TRACE_EXITS:
        return end(state, r);
    case TRACE_WAITS:
        return wait_for(state, r);
    case TRACE_WAKES:
        return wake(state, r->time);
    case TRACE_OWNS:
        return wake(state, r->time) && own(state, r->object);
    case TRACE_DISOWNS:
        return disown(state, r->object);
    case TRACE_LEAVES:
        return leave(state, r);
    case TRACE_RETURNS:
        wake(state, r->time);
        return r->value == 0 || own(state, r->value);
    case TRACE_RUNS:
        return put_on_cpu(state, r, TRACE_CPU_ON);
    case TRACE_PREEMPTS:
        return put_on_cpu(state, r, TRACE_CPU_READY);
    case TRACE_BLOCKS:
        return put_on_cpu(state, r, TRACE_CPU_OFF);
    case TRACE_LINGERS:
        return put_on_cpu(state, r, TRACE_CPU_ON);
    case TRACE_VANISHES:
        return put_on_cpu(state, r, TRACE_CPU_UNKNOWN);
    case TRACE_CARRIES:
        state->coroutine = r->object;
        return true;
    default:
        return true;
    }
}

bool state_apply(struct trace_state *state, const struct trace_record *record)
{
    uint32_t place = TRACE_PLACE_OF(record->last);
    int effect = trace_kind_of(TRACE_KIND(record->last))->effect;
    bool is_late = effect == TRACE_LINGERS || effect == TRACE_VANISHES;
    bool is_possible =
        effect <= TRACE_EXITS || (state->life == TRACE_EXITED) == is_late;

    if (state->life == TRACE_UNKNOWN && effect != TRACE_BEGINS)
        begin(state, record->time);
    if (place)
        state->place = place;
    if (effect == TRACE_NO_EFFECT)
        return is_possible;
    return apply(state, record) && is_possible;
}
