// loom.c - executions, one after the other
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "runtime/must.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/search.h"
#include "tools/explorer/engine/switch.h"

struct loom loom;
uint32_t execution_now;
static void *engine_stack;
static char *data_copy, *bss_copy;
extern int weave_main(int, char **, char **);
static int count_; static char **args_;

static void *run_main(void *nothing) { (void)nothing; weave_main(count_, args_, NULL); arrive((struct op){.kind = OP_EXIT}); return NULL; }
void loom_leave(void) { void *unused; stack_switch(&unused, engine_stack); __builtin_unreachable(); }
static uint64_t deadlocks;
void loom_ended(taskset blocked) { if (blocked) deadlocks++; }
void engine_fail(const struct failure *f) { if (!loom.failure.kind) loom.failure = *f; if (!loom.keep_going) loom_leave(); }
void engine_refuse(const char *format, ...) { va_list a; va_start(a, format); vfprintf(stderr, format, a); exit(2); }
void engine_misuse(enum failure_kind kind, const void *pc, const char *text, ...)
{
    struct failure failure = {.kind = kind, .task = task_now, .other = -1, .pc = pc};
    va_list rest;
    va_start(rest, text);
    vsnprintf(failure.text, sizeof failure.text, text, rest);
    va_end(rest);
    engine_fail(&failure);
    loom_leave();
}
static void restore(void)
{
    memcpy(__start_telar_data, data_copy, (size_t)(__stop_telar_data - __start_telar_data));
    memcpy(__start_telar_bss, bss_copy, (size_t)(__stop_telar_bss - __start_telar_bss));
}
static void execute(void)
{
    execution_now++;
    restore();
    tasks_reset();
    object_begin_execution();
    loom.failure.kind = NO_FAILURE;
    loom.spurious_left = loom.spurious; loom.expiries_left = loom.expiries;
    task_new(run_main, NULL);
    stack_switch(&engine_stack, tasks[0].stack_pointer);
    if (loom.failure.kind) loom.failing++;
}
static void *copy_of(char *b, char *e) { char *c = MUST(malloc((size_t)(e - b) + 1)); memcpy(c, b, (size_t)(e - b)); return c; }
int main(int count, char **args)
{
    struct timespec a, b; 
    unsigned changed;
    data_copy = copy_of(__start_telar_data, __stop_telar_data);
    bss_copy = copy_of(__start_telar_bss, __stop_telar_bss);
    count_ = count - 1; args_ = args + 1;
    loom.keep_going = true;
    loom.points_are_accesses = true;
    search.step_limit = 10000;
    search.strategy = args[1][1] == 'f' ? STRATEGY_DFS : STRATEGY_DPOR;
    search_begin(); search_next(); execute(); loom.failing = 0;
    search_begin(); clock_gettime(CLOCK_MONOTONIC, &a);
    changed = cells_changed;
    while (search_next()) execute();
    (void)changed;
    clock_gettime(CLOCK_MONOTONIC, &b);
    double s = (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    printf("executions %lu failing %lu deadlocks %lu asleep %lu cut %lu %.3f s %.0f/s\n", search.executions, loom.failing, deadlocks, search.asleep, search.cut, s, (double)search.executions / s);
}
