// schedule.c - who runs next, and who cannot
#include <stdint.h>

#include "runtime/message.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/replay.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/search.h"
#include "tools/explorer/engine/section.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/switch.h"
#include "tools/explorer/engine/tls.h"

// ---- What could go on -------------------------------------------------------

static bool is_free(const struct op *op, const struct object_state *state)
{
    switch (op->kind) {
    case OP_LOCK:
    case OP_RELOCK:
    case OP_TIMEDLOCK:
    case OP_READ_LOCK:
    case OP_TIMED_READ_LOCK:
        return state->owner < 0;
    case OP_WRITE_LOCK:
    case OP_TIMED_WRITE_LOCK:
        return state->owner < 0 && state->count == 0;
    case OP_SEM_WAIT:
    case OP_SEM_TIMEDWAIT:
        return state->count > 0;
    case OP_ONCE:
        return state->count != 1;
    default:
        return true;
    }
}

bool op_possible(const struct op *op, const struct object_state *state,
                 const struct budget *left)
{
    if (op->kind == OP_COND_SLEEP)
        return left->spurious > 0 || (op->is_timed && left->expiries > 0);
    return is_free(op, state) || (op->is_timed && left->expiries > 0);
}

// Nobody but the time limit could help.
static bool waits_for_time(const struct op *op)
{
    return op->is_timed && !is_free(op, &objects[op->object].state);
}

static int sleep_alternatives(const struct task *task, uint8_t *alternatives)
{
    int count = 0;

    if (task->op.is_timed && loom.left.expiries > 0)
        alternatives[count++] = EXPIRE;
    if (loom.left.spurious > 0)
        alternatives[count++] = SPURIOUS;
    return count;
}

static int signal_alternatives(const struct op *op, uint8_t *alternatives)
{
    int waiters = objects[op->object].state.count;
    int count = waiters < 1 ? 1 : waiters;

    if (count > ALTERNATIVE_LIMIT)
        engine_refuse(M("a signal with more than %d waiters",
                        "un signal con más de %d hilos que esperan"),
                      (int)ALTERNATIVE_LIMIT);
    for (int i = 0; i < count; i++)
        alternatives[i] = (uint8_t)i;
    return count;
}

int op_alternatives(const struct task *task, uint8_t *alternatives)
{
    const struct op *op = &task->op;

    if (op->kind == OP_COND_SLEEP)
        return sleep_alternatives(task, alternatives);
    if (op->kind == OP_SIGNAL)
        return signal_alternatives(op, alternatives);
    alternatives[0] = GO;
    if (waits_for_time(op)) {
        alternatives[0] = EXPIRE;
        return loom.left.expiries > 0;
    }
    return op_class_of[op->kind] != CLASS_OBJECT ||
           is_free(op, &objects[op->object].state);
}

bool plain_possible(const struct op *op)
{
    switch (op->kind) {
    case OP_JOIN:
        return tasks[op->object].life == TASK_FINISHED;
    case OP_LEAVE:
        return objects[op->object].round != op->size;
    default:
        return op->kind != OP_EXIT && op->kind != OP_STOP;
    }
}

bool task_possible(struct task *task)
{
    uint8_t alternatives[ALTERNATIVE_LIMIT];

    if (section_excludes(task) || (task->is_parked && spin_is_idle(task)))
        return false;
    if (op_class_of[task->op.kind] == CLASS_PLAIN)
        return plain_possible(&task->op);
    return op_class_of[task->op.kind] == CLASS_CELL ||
           op_alternatives(task, alternatives) > 0;
}

// ---- Going on ---------------------------------------------------------------

enum { NOBODY = -1 };

static taskset exiting(void)
{
    taskset waiting = 0;

    for (int t = 0; t < task_count; t++)
        if (tasks[t].life == TASK_LIVE && tasks[t].op.kind == OP_EXIT)
            waiting |= set_of(t);
    return waiting;
}

// Which of several ends the program decides its status.
static int leave(taskset waiting)
{
    bool is_choice = (waiting & (waiting - 1)) != 0;

    if (is_choice && loom.mode == MODE_SEARCH && !loom.failure.kind)
        return search_leave(waiting);
    return set_first(waiting);
}

// Those whose wait has a limit, which expires when nobody can run.
static taskset expiring(void)
{
    taskset waiting = 0;

    for (int t = 0; t < task_count; t++) {
        const struct task *task = &tasks[t];

        if (task->life != TASK_LIVE || task->is_parked)
            continue;
        if (task->op.is_timed &&
            (task->op.kind == OP_COND_SLEEP || waits_for_time(&task->op)))
            waiting |= set_of(t);
    }
    return waiting;
}

static int expire(taskset waiting)
{
    int task = set_first(waiting);

    if (loom.mode == MODE_SEARCH)
        return search_expire(waiting);
    tasks[task].granted = EXPIRE;
    return task;
}

static int nobody_enabled(taskset blocked)
{
    taskset waiting = exiting();

    if (waiting) {
        search_end(blocked);
        return leave(waiting);
    }
    waiting = expiring();
    if (waiting)
        return expire(waiting);
    search_end(blocked);
    loom_ended(blocked);
    return NOBODY;
}

// A task whose operation is done at once, or NOBODY; else who could run.
static int sort_out(taskset *enabled, taskset *blocked)
{
    *enabled = *blocked = 0;
    for (int t = 0; t < task_count; t++) {
        struct task *task = &tasks[t];
        enum op_class class = (enum op_class)op_class_of[task->op.kind];

        if (task->life == TASK_FINISHED)
            continue;
        if (class == CLASS_PLAIN && plain_possible(&task->op))
            return t;
        if ((class == CLASS_CELL && !task->is_parked) ||
            (class != CLASS_PLAIN && task_possible(task)))
            *enabled |= set_of(t);
        else
            *blocked |= set_of(t);
    }
    return NOBODY;
}

static int choose(void)
{
    taskset enabled, blocked, affordable;
    int task = sort_out(&enabled, &blocked);

    if (task != NOBODY)
        return task;
    affordable = search_afford(enabled);
    if (!affordable) // but sleepers, who would have to wake for no reason
        return nobody_enabled(blocked | enabled);
    if (trail_length == search.step_limit) {
        search.cut++;
        bound_met(BOUND_STEPS, TASK->op.pc);
        return NOBODY;
    }
    task = search_choose(affordable);
    if (task == NOBODY) // who sleeps was here before; who is blocked was not
        search_end(blocked);
    return task;
}

// Who sleeps at a condition or a barrier was told to when it came there.
static bool begins_to_wait(struct task *task)
{
    return task->life == TASK_LIVE && task->op.kind != OP_COND_SLEEP &&
           task->op.kind != OP_LEAVE && task->op.kind != OP_EXIT &&
           task->op.kind != OP_STOP && !task_possible(task);
}

void schedule_switch(int next)
{
    int before = task_now;

    if (loom.is_telling && begins_to_wait(TASK))
        report_wait();
    tls_switch(before, next);
    task_now = next;
    stack_switch(&tasks[before].stack_pointer, tasks[next].stack_pointer);
}

int64_t steps_left = STEP_BUDGET;
static int64_t segment_began = STEP_BUDGET;

void schedule_begin(void)
{
    steps_left = segment_began = STEP_BUDGET;
}

void schedule_end_segment(uint8_t chose)
{
    record_segment(task_now, segment_began - steps_left, chose);
    segment_began = steps_left;
}

static void go_on(void)
{
    int next = choose();

    if (next != task_now)
        schedule_end_segment(GO);
    if (next == NOBODY)
        loom_leave();
    if (next != task_now)
        schedule_switch(next);
}

void arrive(struct op op)
{
    TASK->op = op;
    arrive_there();
}

void arrive_there(void)
{
    TASK->granted = GO;
    if (loom.mode == MODE_REPLAY)
        replay_arrive();
    else
        go_on();
    steps_left--;
    if (loom.mode == MODE_SEARCH && TASK->granted != GO)
        schedule_end_segment(TASK->granted);
    if (steps_left <= 0)
        loom_endless(TASK->op.pc);
    if (loom.is_telling) {
        report_step(&TASK->op);
        TASK->steps++;
    }
}

void task_end(void)
{
    report_settle();
    TASK->life = TASK_FINISHED;
    TASK->sync.of[task_now]++;
    TASK->family.of[task_now]++;
    if (loom.mode == MODE_REPLAY)
        replay_task_end();
    go_on();
    __builtin_unreachable();
}

// Whoever runs goes on as long as it can, then the first that can.
void schedule_free(void)
{
    taskset enabled, blocked;
    int next = sort_out(&enabled, &blocked);

    if (next == NOBODY && !enabled)
        next = nobody_enabled(blocked);
    else if (next == NOBODY)
        next = set_has(enabled, task_now) ? task_now : set_first(enabled);
    if (next == NOBODY)
        loom_leave();
    if (next != task_now)
        schedule_switch(next);
}

void order_after(int other, int task)
{
    clock_join(&tasks[other].order, &tasks[task].order);
}
