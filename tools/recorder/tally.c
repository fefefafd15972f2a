// tally.c - sums over a whole trace: who did what how long, who called what
#include <stdlib.h>
#include <string.h>

#include "tools/recorder/tally.h"

// ---- What was waited for ----------------------------------------------------

static bool is_same(const struct tally_wait *a, const struct tally_wait *b)
{
    return a->task == b->task && a->kind == b->kind && a->object == b->object;
}

static uint32_t *place_of(const struct tally *tally,
                          const struct tally_wait *wait)
{
    uint64_t hash = (wait->object ^ (uint64_t)wait->task << 40 ^
                     (uint64_t)wait->kind << 20) *
                    UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(hash >> 20) & (tally->index_size - 1);

    while (tally->index[at] &&
           !is_same(&tally->waits[tally->index[at] - 1], wait))
        at = (at + 1) & (tally->index_size - 1);
    return &tally->index[at];
}

// The index stays less than half full.
static bool grow_waits(struct tally *tally)
{
    size_t room = tally->wait_room ? tally->wait_room * 2 : 256;
    struct tally_wait *waits = realloc(tally->waits, room * sizeof *waits);
    uint32_t *index = calloc(room * 2, sizeof *index);

    if (waits)
        tally->waits = waits;
    if (!waits || !index) {
        free(index);
        return false;
    }
    free(tally->index);
    tally->index = index;
    tally->index_size = room * 2;
    tally->wait_room = room;
    for (size_t i = 0; i < tally->wait_count; i++)
        *place_of(tally, &waits[i]) = (uint32_t)i + 1;
    return true;
}

// Returns its index + 1, or 0 when memory is short.
static uint32_t wait_of(struct tally *tally, const struct tally_wait *wait)
{
    uint32_t *at;

    if (tally->wait_count == tally->wait_room && !grow_waits(tally))
        return 0;
    at = place_of(tally, wait);
    if (!*at) {
        tally->waits[tally->wait_count++] = *wait;
        *at = (uint32_t)tally->wait_count;
    }
    return *at;
}

const struct tally_wait *tally_longest(const struct tally *tally, uint32_t task)
{
    const struct tally_wait *longest = NULL;

    for (size_t i = 0; i < tally->wait_count; i++)
        if (tally->waits[i].task == task &&
            (!longest || tally->waits[i].ns > longest->ns))
            longest = &tally->waits[i];
    return longest;
}

// ---- What was called --------------------------------------------------------

// There are a few hundred at most.
static uint32_t call_of(struct tally *tally, uint32_t name)
{
    struct tally_call *calls;
    size_t room = tally->call_room ? tally->call_room * 2 : 64;

    for (size_t i = 0; i < tally->call_count; i++)
        if (tally->calls[i].name == name)
            return (uint32_t)i + 1;
    if (tally->call_count == tally->call_room) {
        calls = realloc(tally->calls, room * sizeof *calls);
        if (!calls)
            return 0;
        tally->calls = calls;
        tally->call_room = room;
    }
    tally->calls[tally->call_count++] = (struct tally_call){.name = name};
    return (uint32_t)tally->call_count;
}

// One that never returns (exit_group, execve) counts, without a time.
static void begin_call(struct tally *tally, struct tally_task *task,
                       const struct trace_record *record)
{
    task->calling = call_of(tally, (uint32_t)record->object);
    task->call_since = record->time;
    if (task->calling)
        tally->calls[task->calling - 1].count++;
}

static void end_call(struct tally *tally, struct tally_task *task,
                     const struct trace_record *record)
{
    struct tally_call *call;
    int64_t result = (int64_t)record->value;

    if (!task->calling)
        return;
    call = &tally->calls[task->calling - 1];
    call->ns += record->time - task->call_since;
    call->errors += result < 0 && result >= -4095;
    task->calling = 0;
}

static void count_call(struct tally *tally, struct tally_task *task,
                       const struct trace_record *record)
{
    if (TRACE_KIND(record->last) == TRACE_CALL_BEGIN)
        begin_call(tally, task, record);
    else if (TRACE_KIND(record->last) == TRACE_CALL_END)
        end_call(tally, task, record);
}

// ---- Who did what -----------------------------------------------------------

static void add_time(struct tally *tally, struct tally_task *task,
                     uint64_t until)
{
    uint64_t ns = until > task->since ? until - task->since : 0;

    task->ns[task->doing] += ns;
    if (task->wait)
        tally->waits[task->wait - 1].ns += ns;
    task->since = until;
}

static bool is_waiting(uint32_t doing)
{
    return doing == MODEL_BLOCKED || doing == MODEL_SLEEPING;
}

static void enter(struct tally *tally, struct tally_task *task,
                  const struct model *model, uint32_t number)
{
    const struct trace_state *state = &model->tasks[number];
    struct tally_wait wait = {number, state->waits, state->object, 0, 0};
    uint32_t before = task->wait;

    task->doing = model_doing(model, number);
    task->wait = is_waiting(task->doing) ? wait_of(tally, &wait) : 0;
    if (task->wait && task->wait != before)
        tally->waits[task->wait - 1].times++;
}

// The event that model stands behind.
static void take_event(struct tally *tally, const struct model *model)
{
    size_t number = model->position - 1;
    uint32_t task = reader_task(model->reader, number);
    const struct trace_record *record = reader_event(model->reader, number);

    add_time(tally, &tally->tasks[task], record->time);
    enter(tally, &tally->tasks[task], model, task);
    count_call(tally, &tally->tasks[task], record);
}

// Until when it is known what task was doing.
static uint64_t known_until(const struct tally *tally,
                            const struct model *model, uint32_t task)
{
    const struct trace_entry *entry = reader_entry(model->reader, task);

    if (entry && entry->lost)
        return tally->tasks[task].since;
    return entry && entry->ended && entry->ended < model->time ? entry->ended
                                                               : model->time;
}

static void finish(struct tally *tally, const struct model *model)
{
    for (uint32_t i = 0; i < tally->task_count; i++)
        add_time(tally, &tally->tasks[i], known_until(tally, model, i));
}

bool tally_open(struct tally *tally, struct model *model)
{
    *tally = (struct tally){.task_count = model->task_count};
    tally->tasks = calloc(tally->task_count, sizeof *tally->tasks);
    if (!tally->tasks || !grow_waits(tally)) {
        tally_close(tally);
        return false;
    }
    for (uint32_t i = 0; i < tally->task_count; i++)
        tally->tasks[i].doing = MODEL_NOT_BORN;
    model_seek(model, 0);
    while (model->position < model->reader->count) {
        model_step(model, 1);
        take_event(tally, model);
    }
    finish(tally, model);
    return true;
}

void tally_close(struct tally *tally)
{
    free(tally->tasks);
    free(tally->waits);
    free(tally->index);
    free(tally->calls);
    *tally = (struct tally){0};
}
