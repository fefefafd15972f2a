// replay.c - schedules: written down while they happen, and followed again
#include <stdio.h>
#include <stdlib.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/replay.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/search.h"

struct segment {
    int64_t steps;
    uint8_t task;
    uint8_t chose; // enum alternative
};

enum { SEGMENT_LIMIT = 2 * NODE_LIMIT };

// ---- Written down -----------------------------------------------------------

static struct segment recorded[SEGMENT_LIMIT];
static int recorded_count;

void record_begin(void)
{
    recorded_count = 0;
}

static bool goes_on(int task)
{
    const struct segment *last = &recorded[recorded_count - 1];

    return recorded_count > 0 && last->task == task && last->chose == GO;
}

void record_segment(int task, int64_t steps, uint8_t chose)
{
    if (steps == 0)
        return;
    if (goes_on(task)) {
        recorded[recorded_count - 1].steps += steps;
        recorded[recorded_count - 1].chose = chose;
    } else if (recorded_count < SEGMENT_LIMIT) {
        recorded[recorded_count++] = (struct segment){
            .task = (uint8_t)task, .steps = steps, .chose = chose};
    }
}

static size_t choice_text(char *text, size_t size, const struct segment *s)
{
    if (s->chose == GO)
        return 0;
    if (s->chose == EXPIRE)
        return (size_t)snprintf(text, size, ",t%d", s->task);
    if (s->chose == SPURIOUS)
        return (size_t)snprintf(text, size, ",s%d", s->task);
    return (size_t)snprintf(text, size, ",w%d", s->chose);
}

const char *record_text(void)
{
    static char *text;
    size_t used = 0, size = (size_t)recorded_count * 32 + 1;

    text = MUST(realloc(text, size));
    *text = '\0';
    for (int i = 0; i < recorded_count; i++) {
        used += (size_t)snprintf(text + used, size - used, "%s%d*%lld",
                                 i ? "," : "", recorded[i].task,
                                 (long long)recorded[i].steps);
        used += choice_text(text + used, size - used, &recorded[i]);
    }
    return text;
}

// ---- Read -------------------------------------------------------------------

static struct segment *given;
static int given_count;

_Noreturn static void no_schedule(const char *at)
{
    engine_refuse(M("no schedule: %.20s", "no es un plan: %.20s"), at);
}

static const char *read_number(const char *at, long long *number)
{
    char *end;

    *number = strtoll(at, &end, 10);
    if (end == at || *number < 0)
        no_schedule(at);
    return end;
}

static const char *read_segment(const char *at)
{
    long long task, steps;
    const char *star = read_number(at, &task);

    if (*star != '*' || task >= TASK_LIMIT)
        no_schedule(at);
    star = read_number(star + 1, &steps);
    if (steps == 0)
        no_schedule(at);
    given[given_count++] =
        (struct segment){.task = (uint8_t)task, .steps = steps};
    return star;
}

static const char *read_choice(const char *at)
{
    long long number;
    const char *end = read_number(at + 1, &number);

    if (given_count == 0 || number >= EXPIRE)
        no_schedule(at);
    given[given_count - 1].chose = *at == 'w'   ? (uint8_t)number
                                   : *at == 't' ? EXPIRE
                                                : SPURIOUS;
    return end;
}

void replay_read(void)
{
    const char *at = loom.schedule ? loom.schedule : "";

    given = MUST(calloc(strlen(at) / 2 + 1, sizeof *given));
    while (*at) {
        at = *at == 'w' || *at == 't' || *at == 's' ? read_choice(at)
                                                    : read_segment(at);
        if (*at == ',' && at[1])
            at++;
        else if (*at)
            no_schedule(at);
    }
}

// ---- Followed ---------------------------------------------------------------

static int at;       // number of the present segment, from 1
static int64_t left; // steps of it
static bool is_free; // behind the end of the schedule
static bool preempted;
static int misfit_at;
static const char *misfit_why;

void replay_begin(void)
{
    at = misfit_at = 0;
    left = 0;
    is_free = preempted = false;
    misfit_why = NULL;
}

bool replay_preempted(void)
{
    bool was = preempted;

    preempted = false;
    return was;
}

int replay_misfit(const char **why)
{
    *why = misfit_why;
    return misfit_at;
}

_Noreturn static void does_not_fit(const char *why)
{
    misfit_at = at;
    misfit_why = why;
    loom_leave();
}

// Nobody but it could go on: the process may end.
static bool is_last(const struct task *task)
{
    for (int t = 0; t < task_count; t++)
        if (&tasks[t] != task && tasks[t].life == TASK_LIVE &&
            task_possible(&tasks[t]))
            return false;
    return true;
}

// The task shall do its op next, and choose so. Whether it can.
static bool grant(struct task *task, uint8_t chose)
{
    uint8_t alternatives[ALTERNATIVE_LIMIT];
    int count;

    task->granted = chose;
    if (task->op.kind == OP_EXIT)
        return is_last(task);
    if (op_class_of[task->op.kind] == CLASS_PLAIN)
        return plain_possible(&task->op);
    if (op_class_of[task->op.kind] == CLASS_CELL)
        return chose == GO;
    loom.left.spurious = loom.left.expiries = 1;
    count = op_alternatives(task, alternatives);
    for (int i = 0; i < count; i++)
        if (alternatives[i] == chose)
            return true;
    return false;
}

static void follow(void)
{
    const struct segment *segment = &given[at - 1];
    struct task *task = &tasks[segment->task];
    uint8_t chose = left == 1 ? segment->chose : GO;

    if (segment->task >= task_count)
        does_not_fit(M("no such thread yet", "ese hilo todavía no existe"));
    if (task->life == TASK_FINISHED)
        does_not_fit(M("the thread has finished", "ese hilo ya terminó"));
    if (!grant(task, chose))
        does_not_fit(M("the thread cannot do that now",
                       "ese hilo no puede hacer eso ahora"));
    left--;
    record_segment(segment->task, 1, chose);
    if (segment->task != task_now) {
        preempted = TASK->life == TASK_LIVE && task_possible(TASK);
        schedule_switch(segment->task);
    }
}

// With nobody preempted, from here on.
static void go_free(void)
{
    if (!is_free) {
        is_free = true;
        loom.left.spurious = loom.left.expiries = 0;
    }
    schedule_free();
    record_segment(task_now, 1, TASK->granted);
}

void replay_arrive(void)
{
    while (left == 0 && at < given_count)
        left = given[at++].steps;
    if (left > 0)
        follow();
    else if (loom.finishes)
        go_free();
    else
        loom_leave();
}

void replay_task_end(void)
{
    replay_arrive();
    __builtin_unreachable();
}
