// loom.c - executions, one after the other
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "runtime/message.h"
#include "runtime/must.h"
#include "tools/explorer/engine/bound.h"
#include "tools/explorer/engine/cell.h"
#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/heap.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/options.h"
#include "tools/explorer/engine/process.h"
#include "tools/explorer/engine/replay.h"
#include "tools/explorer/engine/report.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/search.h"
#include "tools/explorer/engine/section.h"
#include "tools/explorer/engine/states.h"
#include "tools/explorer/engine/switch.h"
#include "tools/explorer/engine/tell.h"
#include "tools/explorer/engine/tls.h"
#include "tools/explorer/engine/trap.h"

struct loom loom;
uint32_t execution_now;

extern int weave_main(int, char **, char **);
static int argument_count;
static char **arguments;
extern char **environ;

// ---- One execution ----------------------------------------------------------

static void *engine_stack;

void loom_leave(void)
{
    void *unused;

    report_settle();
    if (loom.mode == MODE_SEARCH)
        schedule_end_segment(GO);
    loom.is_running = false;
    stack_switch(&unused, engine_stack);
    __builtin_unreachable();
}

void loom_exit(int status)
{
    arrive((struct op){.kind = OP_EXIT});
    loom.has_exited = true;
    loom.exit_status = status & 0xff;
    loom_leave();
}

void loom_stop(const void *pc)
{
    section_undo();
    arrive((struct op){.kind = OP_STOP, .pc = pc});
    __builtin_unreachable();
}

void loom_endless(const void *pc)
{
    engine_refuse_at(pc,
                     M("an execution has no end after %d accesses to memory: "
                       "it is too long to explore, or endless",
                       "una ejecución no termina después de %d accesos a la "
                       "memoria: es muy larga para explorarla, o no tiene fin"),
                     (int)STEP_BUDGET);
}

static void *run_main(void *nothing)
{
    (void)nothing;
    process_exit(weave_main(argument_count, arguments, environ));
}

static void execute(void)
{
    execution_now++;
    globals_restore();
    tasks_reset();
    object_begin_execution();
    record_begin();
    schedule_begin();
    loom.failure.kind = NO_FAILURE;
    loom.has_exited = false;
    loom.exit_status = 0;
    loom.blocked = 0;
    loom.left.spurious = loom.spurious;
    loom.left.expiries = loom.expiries;
    task_new(run_main, NULL);
    loom.is_running = true;
    stack_switch(&engine_stack, tasks[0].stack_pointer);
}

// ---- What an execution did wrong --------------------------------------------

static bool counts(enum failure_kind kind)
{
    return (loom.checks >> kind & 1) && (!loom.kind || loom.kind == kind);
}

// Of two failures in one execution: the same in whatever order they came.
static bool outweighs(enum failure_kind kind, enum failure_kind old)
{
    if (!counts(old) || old == NO_FAILURE)
        return true;
    return old == DATA_RACE || (counts(kind) && kind < old);
}

// Where the exploration goes on all the same, the others run to their ends:
// what they would have done matters to the search.
void engine_fail(const struct failure *failure)
{
    bool may_go_on = failure->kind == DATA_RACE;

    if (may_go_on && !counts(DATA_RACE))
        return;
    if (outweighs(failure->kind, loom.failure.kind))
        loom.failure = *failure;
    if (may_go_on && loom.keep_going)
        return;
    if (loom.keep_going && loom.mode == MODE_SEARCH)
        arrive((struct op){.kind = OP_EXIT, .pc = failure->pc});
    loom_leave();
}

void engine_misuse(enum failure_kind kind, const void *pc, const char *text,
                   ...)
{
    struct failure failure = {
        .kind = kind, .task = task_now, .other = -1, .pc = pc};
    va_list rest;

    va_start(rest, text);
    vsnprintf(failure.text, sizeof failure.text, text, rest);
    va_end(rest);
    engine_fail(&failure);
    loom_leave();
}

_Noreturn static void refuse(const void *pc, const char *format, va_list rest)
{
    char text[300];
    int size = vsnprintf(text, sizeof text, format, rest);

    report_text(text, (size_t)size < sizeof text ? (size_t)size : sizeof text,
                "refuse\t%p", pc);
    report_line("end");
    report_flush();
    _exit(0);
}

void engine_refuse(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    refuse(NULL, format, rest);
}

void engine_refuse_at(const void *pc, const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    refuse(pc, format, rest);
}

// ---- Why nobody can go on ---------------------------------------------------

static bool has_stopped(const struct task *task)
{
    return task->op.kind == OP_STOP;
}

static bool waits_for_lock(const struct task *task)
{
    enum op_kind kind = task->op.kind;

    return !task->is_parked && op_class_of[kind] == CLASS_OBJECT &&
           kind != OP_COND_SLEEP;
}

static int find_blocked(taskset blocked, bool (*is)(const struct task *))
{
    for (; blocked; blocked &= blocked - 1)
        if (is(&tasks[set_first(blocked)]))
            return set_first(blocked);
    return -1;
}

static bool waits_at_barrier(const struct task *task)
{
    return task->op.kind == OP_LEAVE;
}

static bool waits_for_signal(const struct task *task)
{
    return task->op.kind == OP_COND_SLEEP;
}

static bool waits_in_a_loop(const struct task *task)
{
    return task->is_parked;
}

static bool waits_at_all(const struct task *task)
{
    (void)task;
    return true;
}

// The first of these that somebody does is the root of it; the others may wait
// for that one.
static const struct {
    bool (*is)(const struct task *);
    enum failure_kind kind;
} reasons[] = {
    {waits_for_lock, DEADLOCK},      {waits_at_barrier, DEADLOCK},
    {waits_for_signal, LOST_WAKEUP}, {waits_in_a_loop, LIVELOCK},
    {waits_at_all, DEADLOCK},
};

void loom_ended(taskset blocked)
{
    struct failure failure = {.other = -1};

    loom.blocked = blocked;
    if (!blocked || loom.failure.kind ||
        find_blocked(blocked, has_stopped) >= 0)
        return;
    for (int i = 0; !failure.kind; i++) {
        int task = find_blocked(blocked, reasons[i].is);

        if (task < 0)
            continue;
        failure.kind = reasons[i].kind;
        failure.task = task;
        failure.pc = tasks[task].op.pc;
        failure.address = section_address(&tasks[task]);
    }
    loom.failure = failure;
}

// ---- All executions ---------------------------------------------------------

static struct timespec began;
static struct found {   // the first failure of each kind
    uint64_t execution; // 0: none
    int preemptions;
    char *schedule;
} first_of[FAILURE_KIND_COUNT];
static uint64_t statuses[256];

static double seconds_gone(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - began.tv_sec) +
           (double)(now.tv_nsec - began.tv_nsec) / 1e9;
}

static void forget_results(void)
{
    loom.failing = loom.first_failure = 0;
    for (int kind = 0; kind < FAILURE_KIND_COUNT; kind++)
        free(first_of[kind].schedule);
    memset(first_of, 0, sizeof first_of);
    memset(statuses, 0, sizeof statuses);
    memset(bounds, 0, sizeof bounds);
    states_forget();
}

// At the end, since what was learned may make all of it begin anew.
static void keep_failure(enum failure_kind kind)
{
    struct found *found = &first_of[kind];

    found->execution = search.executions;
    found->preemptions = search_preemptions();
    found->schedule = MUST(strdup(record_text()));
}

static void tell_failures(void)
{
    for (int kind = 0; kind < FAILURE_KIND_COUNT; kind++) {
        const struct found *found = &first_of[kind];

        if (found->execution)
            report_text(
                found->schedule, strlen(found->schedule),
                "failed\t%s\t%llu\t%d", kind_word((enum failure_kind)kind),
                (unsigned long long)found->execution, found->preemptions);
    }
}

static void look_for_leaks(void)
{
    if (!loom.failure.kind && counts(LEAK))
        heap_leak(&loom.failure);
}

static void judge(void)
{
    enum failure_kind kind;

    look_for_leaks();
    kind = loom.failure.kind;
    if (loom.wants_states)
        states_add();
    if (loom.has_exited)
        statuses[loom.exit_status]++;
    if (task_count == 1 && loom.has_exited && loom.exit_status != 0)
        bound_met(BOUND_ALONE, tasks[0].op.pc);
    if (!kind || !counts(kind))
        return;
    if (!loom.failing++)
        loom.first_failure = search.executions;
    if (!first_of[kind].execution)
        keep_failure(kind);
}

static void tell_progress(void)
{
    report_line(
        "progress\t%llu\t%llu\t%llu", (unsigned long long)search.executions,
        (unsigned long long)search.asleep, (unsigned long long)loom.failing);
    report_flush();
}

// Whether there is a reason to stop. The clock is asked at each tick only.
static bool has_spent_its_budget(void)
{
    static bool is_late;

    if (trap_ticked()) {
        tell_progress();
        is_late = loom.seconds > 0 && seconds_gone() >= loom.seconds;
    }
    return is_late || (loom.max && search.executions >= loom.max);
}

// Everything anew, when an execution taught that more memory is shared: other
// accesses are choices then.
static bool has_learned(unsigned *known)
{
    bool learned = *known != cells_learned;

    *known = cells_learned;
    return learned;
}

static bool explore(void)
{
    unsigned known = cells_learned;

    search_begin();
    while (search_next()) {
        execute();
        if (has_learned(&known)) {
            search_begin();
            forget_results();
            continue;
        }
        if (search.is_asleep) {
            search.asleep++;
        } else {
            search.executions++;
            judge();
        }
        if ((loom.failing && !loom.keep_going) || has_spent_its_budget())
            return false;
    }
    return search.cut == 0;
}

static void tell_bounds(void)
{
    for (int i = 0; i < BOUND_COUNT; i++)
        if (bounds[i].count)
            report_line("bound\t%s\t%llu\t%p", bound_names[i],
                        (unsigned long long)bounds[i].count, bounds[i].pc);
    for (int i = 0; i < 256; i++)
        if (statuses[i])
            report_line("status\t%d\t%llu", i, (unsigned long long)statuses[i]);
}

static void run_search(void)
{
    bool exhausted;

    clock_gettime(CLOCK_MONOTONIC, &began);
    exhausted = explore();
    tell_failures();
    if (loom.weak)
        report_line("weak\t%p", loom.weak);
    tell_bounds();
    if (loom.wants_states)
        states_tell();
    report_line("done\t%d\t%llu\t%llu\t%llu\t%llu\t%llu\t%.6f", exhausted,
                (unsigned long long)search.executions,
                (unsigned long long)search.asleep,
                (unsigned long long)search.cut,
                (unsigned long long)loom.failing,
                (unsigned long long)loom.first_failure, seconds_gone());
}

// Twice: what is shared is known at the end of the first time only.
static void run_replay(void)
{
    replay_read();
    replay_begin();
    execute();
    replay_begin();
    loom.is_telling = true;
    execute();
    loom.is_telling = false;
    look_for_leaks();
    tell_end();
}

int main(int count, char **given)
{
    argument_count = count;
    arguments = given;
    options_read();
    globals_begin(count, given);
    tls_begin();
    section_find();
    trap_begin();
    if (loom.mode == MODE_SEARCH)
        run_search();
    else
        run_replay();
    report_line("end");
    report_flush();
    _exit(0);
}
