// engine.h - one execution of the program under exploration, from inside
//
// The engine is linked with the program and runs it in this process again and
// again, each time from the same memory, each time with another order of the
// operations that matter. It is one kernel thread: the program's threads are
// tasks (task.h), and whatever they do that others can notice goes through
// arrive().
//
// Interface: arrive, arrive_there, order_after, task_end, thread_run,
// engine_misuse, engine_fail, engine_refuse, engine_refuse_at.
// Errors: engine_fail ends the execution (or, of a data race, may let it go
// on), engine_refuse ends the exploration: what it cannot judge.
#ifndef TELAR_ENGINE_H
#define TELAR_ENGINE_H

#include "tools/explorer/engine/cell.h"
#include "tools/explorer/engine/object.h"
#include "tools/explorer/engine/task.h"

// Where the program's memory lies, always: same addresses, same story. The
// lower halves differ, from those of the executable's own (below 1 GiB) too.
#define STACKS_BEGIN UINT64_C(0x140000000)
#define STACKS_END UINT64_C(0x180000000)
#define HEAP_BEGIN UINT64_C(0x180000000)
#define HEAP_END UINT64_C(0x1c0000000)
extern uint32_t execution_now; // from 1

#define CALLER __builtin_return_address(0)

// The task that runs is about to do op. Returns when the search has chosen it
// to; then op is done (TASK->granted says which alternative).
void arrive(struct op op);

// The same; it stands in TASK->op already.
void arrive_there(void);

// Everything task did so far came before what other does next, for the search.
void order_after(int other, int task);

// The task that runs has finished. Does not return.
_Noreturn void task_end(void);

// Runs start(argument) of the task and what a thread does behind it (the
// destructors of its keys). Returns start's result.
void *thread_run(struct task *task);

struct failure {
    enum failure_kind kind;
    int task, other; // other: -1 when nobody else took part
    const void *pc, *other_pc;
    uintptr_t address;
    uint32_t size;  // bytes there, 0: unknown
    char text[240]; // what, in short: "unlock of a mutex that nobody holds"
};

// The usual cases, at pc in the task that runs; text as for printf.
_Noreturn void engine_misuse(enum failure_kind kind, const void *pc,
                             const char *text, ...)
    __attribute__((format(printf, 3, 4)));

// The execution has failed. Returns only where kind may go on (DATA_RACE with
// --keep-going).
void engine_fail(const struct failure *failure);

// Says that this program is beyond the engine, and ends the process.
_Noreturn void engine_refuse(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

// The same, of what the program does at pc.
_Noreturn void engine_refuse_at(const void *pc, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
