// task.c - threads of the program under exploration
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

#include "runtime/must.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/search.h"
#include "tools/explorer/engine/switch.h"
#include "tools/explorer/engine/tls.h"

#define OPERATION_CLASS(name, class) [OP_##name] = CLASS_##class,
const uint8_t op_class_of[OP_KINDS] = {OPERATIONS(OPERATION_CLASS)};
#define OPERATION_NAME(name, class) [OP_##name] = #name,
const char *const op_name_of[OP_KINDS] = {OPERATIONS(OPERATION_NAME)};

struct task tasks[TASK_LIMIT];
int task_count, task_now;
int clock_width = 4;

// Stacks lie side by side at a fixed place, a page without access below each.
enum {
    SPAN_BYTES = STACK_BYTES + STACK_GUARD_BYTES,
    DEPTH_OF_CALLEES = 2048, // bytes
};

static void *stack_of(int number)
{
    char *span = (char *)STACKS_BEGIN + (size_t)number * SPAN_BYTES;

    MUST(mmap(span, SPAN_BYTES, PROT_NONE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
              -1, 0));
    MUST(mprotect(span + STACK_GUARD_BYTES, STACK_BYTES,
                  PROT_READ | PROT_WRITE));
    return span + STACK_GUARD_BYTES;
}

// Beginning is a step of the schedule, of all but the first.
static void begin(void)
{
    if (task_now > 0)
        steps_left--;
    if (task_now > 0 && loom.is_telling) {
        report_step(&TASK->op);
        TASK->steps++;
    }
    TASK->result = thread_run(TASK);
    task_end();
}

// What an earlier execution left there must not be read by the next: fixed
// contents down to where its deepest frame was, and what that one may have
// called.
static void wipe(struct task *task)
{
    char *top = task->stack + STACK_BYTES;
    char *low = task->deepest - DEPTH_OF_CALLEES;

    if (low < task->stack)
        low = task->stack;
    memset(low, 0, (size_t)(top - low));
}

static void forget(struct task *task)
{
    size_t kept = offsetof(struct task, order);

    task->call_count = 0;
    memset(task, 0, kept);
    memset(&task->order, 0, (size_t)clock_width * sizeof *task->order.of);
    memset(&task->sync, 0, (size_t)clock_width * sizeof *task->sync.of);
    memset(&task->family, 0, (size_t)clock_width * sizeof *task->family.of);
}

// The same in each order of creation by other tasks. Of a long chain of them,
// numbers too large to be multiplied are mixed instead.
static pthread_t handle_of_child(struct task *creator)
{
    pthread_t handle = creator->handle;

    if (handle >> 56)
        handle = (handle ^ handle >> 29) * 0x9e3779b97f4a7c15u >> 8;
    return handle * 64 + ++creator->children;
}

struct task *task_new(void *(*start)(void *), void *argument)
{
    int number = task_count;
    struct task *task = &tasks[number];

    if (number == TASK_LIMIT)
        return NULL;
    if (!task->stack)
        task->stack = stack_of(number);
    else
        wipe(task);
    if (number >= clock_width)
        search_widen(number);
    task_count++;
    forget(task);
    task->deepest = task->stack + STACK_BYTES;
    task->start = start;
    task->argument = argument;
    task->op.kind = OP_START;
    task->handle = number ? handle_of_child(TASK) : 1;
    task->creator = number ? task_now : -1;
    task->random_state = loom.seed * 0x9e3779b97f4a7c15u + task->handle;
    tls_task_begin(number);
    task->stack_pointer = stack_prepare(task->stack, STACK_BYTES, begin);
    if (number > 0) {
        task->time_ns = TASK->time_ns;
        task_inherit(task, TASK);
    }
    return task;
}

void task_inherit(struct task *task, const struct task *from)
{
    clock_join(&task->order, &from->order);
    clock_join(&task->sync, &from->sync);
    clock_join(&task->family, &from->family);
}

bool task_has(uintptr_t address)
{
    for (int t = 0; t < task_count; t++)
        if (address - (uintptr_t)tasks[t].stack < STACK_BYTES)
            return true;
    return false;
}

void tasks_reset(void)
{
    task_count = 0;
    task_now = 0;
}
