// tell.c - where everybody is when a replay ends
#include <stdio.h>

#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/options.h"
#include "tools/explorer/engine/replay.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/section.h"
#include "tools/explorer/engine/tell.h"

static void tell_failure(void)
{
    const struct failure *failure = &loom.failure;

    if (failure->kind == NO_FAILURE)
        return;
    report_text(failure->text, strlen(failure->text),
                "failure\t%s\t%d\t%d\t%p\t%p\t%#lx\t%u",
                kind_word(failure->kind), failure->task, failure->other,
                failure->pc, failure->other_pc, (unsigned long)failure->address,
                failure->size);
}

// The frame pointer points to the saved one, above which lies the return
// address: behind that is the canonical address (DWARF 5, 6.4).
static void tell_frame(int number, int depth, const void *pc,
                       const struct frame *frame)
{
    report_line("frame\t%d\t%d\t%p\t%p", number, depth, pc,
                frame ? (const void *)(frame->base + 2 * sizeof(void *))
                      : NULL);
}

static void tell_frames(int number)
{
    const struct task *task = &tasks[number];
    const void *pc = task->op.pc;
    int depth = 0;

    if (task->life == TASK_FINISHED)
        return;
    for (int i = task->call_count - 1; i >= 0; i--) {
        tell_frame(number, depth++, pc, &task->calls[i]);
        pc = task->calls[i].pc;
    }
    tell_frame(number, depth, pc, NULL);
}

static void tell_choices(char *text, size_t size, const struct task *task)
{
    uint8_t alternatives[ALTERNATIVE_LIMIT] = {GO};
    int count = 1;
    size_t used = 0;

    if (op_class_of[task->op.kind] == CLASS_OBJECT)
        count = op_alternatives(task, alternatives);
    snprintf(text, size, "-");
    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%d", i ? "," : "",
                                 alternatives[i]);
}

static const char *life_of(const struct task *task)
{
    if (task->life == TASK_FINISHED)
        return "finished";
    return task->is_parked ? "parked" : "live";
}

static void tell_task(int number)
{
    struct task *task = &tasks[number];
    bool runs = task->life == TASK_LIVE && task_possible(task);
    char choices[128];

    tell_choices(choices, sizeof choices, task);
    report_line("task\t%d\t%d\t%p\t%p\t%s\t%s\t%#lx\t%p\t%d\t%s", number,
                task->creator, number ? (void *)(uintptr_t)task->start : NULL,
                task->created_at, life_of(task), op_name_of[task->op.kind],
                task->op.kind == OP_JOIN ? (unsigned long)task->op.object
                                         : (unsigned long)section_address(task),
                task->op.pc, runs, runs ? choices : "-");
}

static bool waits_for(const struct task *task, uint32_t object)
{
    static const struct budget none;

    if (task->life == TASK_FINISHED || task->op.object != object)
        return false;
    return task->op.kind == OP_LEAVE || task->op.kind == OP_COND_SLEEP ||
           (op_class_of[task->op.kind] == CLASS_OBJECT &&
            !op_possible(&task->op, &objects[object].state, &none));
}

static void tell_object(uint32_t number)
{
    const struct object *object = &objects[number];
    static const char *const names[] = {
#define OBJECT_NAME(name, word, english, spanish) #word,
        OBJECT_KINDS(OBJECT_NAME)
#undef OBJECT_NAME
    };
    char waiters[512] = "-";
    size_t used = 0;

    for (int t = 0; t < task_count; t++)
        if (waits_for(&tasks[t], number))
            used += (size_t)snprintf(waiters + used, sizeof waiters - used,
                                     "%s%d", used ? "," : "", t);
    report_line("object\t%#lx\t%s\t%d\t%d\t%p\t%d\t%d\t%s",
                (unsigned long)object->address, names[object->kind],
                object->state.owner, object->state.count, object->pc,
                object->is_destroyed, object->signals_lost, waiters);
}

void tell_end(void)
{
    const char *why;
    int misfit = replay_misfit(&why);

    if (misfit)
        report_text(why, strlen(why), "misfit\t%d", misfit);
    tell_failure();
    loom.left.spurious = loom.spurious;
    loom.left.expiries = loom.expiries;
    for (int t = 0; t < task_count; t++) {
        tell_task(t);
        tell_frames(t);
    }
    for (uint32_t number = 2; number < object_count; number++)
        if (objects[number].execution == execution_now &&
            objects[number].kind != ATOMIC_CELL)
            tell_object(number);
    globals_tell();
    if (loom.has_exited)
        report_line("exit\t%d", loom.exit_status);
    report_text(record_text(), strlen(record_text()), "position");
}
