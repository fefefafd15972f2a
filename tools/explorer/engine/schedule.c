// schedule.c - who runs next, and who cannot
#include <stdint.h>

#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/search.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/switch.h"

// ---- What could go on -------------------------------------------------------

bool op_possible(const struct op *op, const struct object_state *state)
{
    switch (op->kind) {
    case OP_LOCK:
    case OP_RELOCK:
        return state->owner < 0;
    case OP_READ_LOCK:
        return state->owner < 0;
    case OP_WRITE_LOCK:
        return state->owner < 0 && state->count == 0;
    case OP_SEM_WAIT:
        return state->count > 0;
    case OP_ONCE:
        return state->count != 1;
    case OP_COND_SLEEP: // of the budget: see object_of_budget
        return true;
    default:
        return true;
    }
}

// Nobody but the time limit could help: the wait would last for ever.
static bool waits_for_time(const struct op *op)
{
    const struct object_state *state = &objects[op->object].state;

    switch (op->kind) {
    case OP_TIMEDLOCK:
        return state->owner >= 0;
    case OP_TIMED_READ_LOCK:
        return state->owner >= 0;
    case OP_TIMED_WRITE_LOCK:
        return state->owner >= 0 || state->count > 0;
    case OP_SEM_TIMEDWAIT:
        return state->count == 0;
    default:
        return false;
    }
}

static int sleep_alternatives(const struct task *task, uint8_t *alternatives)
{
    int count = 0;

    if (task->is_timed && loom.expiries_left > 0)
        alternatives[count++] = EXPIRE;
    if (loom.spurious_left > 0)
        alternatives[count++] = SPURIOUS;
    return count;
}

static int signal_alternatives(const struct op *op, uint8_t *alternatives)
{
    int waiters = objects[op->object].state.count;
    int count = waiters < 1 ? 1 : waiters;

    if (count > ALTERNATIVE_LIMIT)
        engine_refuse("a signal with more than %d waiters",
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
        return loom.expiries_left > 0;
    }
    return op_class_of[op->kind] != CLASS_OBJECT ||
           op_possible(op, &objects[op->object].state);
}

static bool is_possible(struct task *task)
{
    uint8_t alternatives[ALTERNATIVE_LIMIT];

    if (task->is_parked && spin_is_idle(task))
        return false;
    return op_class_of[task->op.kind] == CLASS_CELL ||
           op_alternatives(task, alternatives) > 0;
}

static bool is_plain_possible(const struct op *op)
{
    switch (op->kind) {
    case OP_JOIN:
        return tasks[op->object].life == TASK_FINISHED;
    case OP_LEAVE:
        return objects[op->object].round != op->size;
    default:
        return op->kind != OP_EXIT;
    }
}

// ---- Going on ---------------------------------------------------------------

enum { NOBODY = -1 };

static int exiting(void)
{
    for (int t = 0; t < task_count; t++)
        if (tasks[t].life == TASK_LIVE && tasks[t].op.kind == OP_EXIT)
            return t;
    return NOBODY;
}

// Nobody can run: who waits with a time limit sees it expire.
static int expiring(void)
{
    for (int t = 0; t < task_count; t++) {
        struct task *task = &tasks[t];

        if (task->life != TASK_LIVE || task->is_parked)
            continue;
        if ((task->op.kind == OP_COND_SLEEP && task->is_timed) ||
            waits_for_time(&task->op)) {
            task->granted = EXPIRE;
            return t;
        }
    }
    return NOBODY;
}

static int nobody_enabled(taskset blocked)
{
    int task = exiting();

    if (task == NOBODY)
        task = expiring();
    if (task == NOBODY) {
        search_end(blocked);
        loom_ended(blocked);
    }
    return task;
}

static int choose(void)
{
    taskset enabled = 0, blocked = 0;

    for (int t = 0; t < task_count; t++) {
        struct task *task = &tasks[t];

        if (task->life == TASK_FINISHED)
            continue;
        if (op_class_of[task->op.kind] == CLASS_PLAIN) {
            if (is_plain_possible(&task->op))
                return t;
        } else if (is_possible(task)) {
            enabled |= set_of(t);
            continue;
        }
        blocked |= set_of(t);
    }
    if (!enabled)
        return nobody_enabled(blocked);
    if (trail_length == search.step_limit) {
        search.cut++;
        return NOBODY;
    }
    return search_choose(enabled);
}

static void go_on(void)
{
    int next = choose();
    int before = task_now;

    if (next == NOBODY)
        loom_leave();
    if (next == before)
        return;
    task_now = next;
    stack_switch(&tasks[before].stack_pointer, tasks[next].stack_pointer);
}

void arrive(struct op op)
{
    TASK->op = op;
    go_on();
}

void task_end(void)
{
    TASK->life = TASK_FINISHED;
    TASK->sync.of[task_now]++;
    TASK->family.of[task_now]++;
    go_on();
    __builtin_unreachable();
}

void order_after(int other, int task)
{
    clock_join(&tasks[other].order, &tasks[task].order);
}
