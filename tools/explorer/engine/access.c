// access.c - the calls a compiler puts before each access to memory
//
// gcc and clang make them with -fsanitize=thread; the names are
// ThreadSanitizer's (compiler-rt, lib/tsan/rtl/tsan_interface.h), the meaning
// is ours.
#include <stdint.h>
#include <stdio.h>

#include "runtime/message.h"
#include "tools/explorer/engine/access.h"
#include "tools/explorer/engine/cell.h"
#include "tools/explorer/engine/globals.h"
#include "tools/explorer/engine/heap.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/schedule.h"
#include "tools/explorer/engine/section.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/tls.h"
#include "tools/explorer/engine/trap.h"

// ---- Races ------------------------------------------------------------------

static void tell_race(struct cell *cell, const void *pc, int other,
                      const void *other_pc)
{
    struct failure failure = {.kind = DATA_RACE,
                              .task = task_now,
                              .other = other,
                              .pc = pc,
                              .other_pc = other_pc,
                              .address = cell->address,
                              .size = cell->size};

    if (heap_is_releasing())
        heap_blame(&failure);
    engine_fail(&failure);
}

static inline void race(struct cell *cell, const void *pc, int other,
                        const void *other_pc)
{
    if (!cell->is_racy) {
        cell->is_racy = true;
        cells_learned += loom.points == POINTS_RACES;
    }
    // (What ends the task must do so whatever went wrong before.)
    if (loom.failure.kind == NO_FAILURE || heap_is_releasing())
        tell_race(cell, pc, other, other_pc);
}

static void learn_shared(struct cell *cell)
{
    if (cell->is_shared)
        return;
    cell->is_shared = true;
    cells_learned++;
}

static void check_against_write(struct cell *cell, const void *pc)
{
    int writer = cell->writer;

    if (writer < 0 || writer == task_now)
        return;
    if (!clock_covers(&TASK->family, writer, cell->write_family))
        learn_shared(cell);
    if (!clock_covers(&TASK->sync, writer, cell->write_sync))
        race(cell, pc, writer, cell->write_pc);
}

static void check_against_reads(struct cell *cell, const void *pc)
{
    for (taskset left = cell->readers & ~set_of(task_now); left;
         left &= left - 1) {
        int task = set_first(left);
        const struct reader *reader = cell_reader(cell, task);

        if (!clock_covers(&TASK->family, task, reader->family))
            learn_shared(cell);
        if (!clock_covers(&TASK->sync, task, reader->sync))
            race(cell, pc, task, reader->pc);
    }
}

static void remember_read(struct cell *cell, const void *pc)
{
    struct reader *reader = cell_new_reader(cell, task_now);

    cell->readers |= set_of(task_now);
    reader->sync = TASK->sync.of[task_now] + 1;
    reader->family = TASK->family.of[task_now] + 1;
    reader->pc = pc;
}

static void remember_write(struct cell *cell, const void *pc)
{
    cell->writer = (int16_t)task_now;
    cell->write_sync = TASK->sync.of[task_now] + 1;
    cell->write_family = TASK->family.of[task_now] + 1;
    cell->write_pc = pc;
    cell->readers = cell->atomic_readers = 0;
}

static void note_read(struct cell *cell, const void *pc)
{
    check_against_write(cell, pc);
    cell->atomic_readers &= ~set_of(task_now);
    remember_read(cell, pc);
}

static void note_write(struct cell *cell, const void *pc)
{
    check_against_write(cell, pc);
    check_against_reads(cell, pc);
    remember_write(cell, pc);
    cell->is_atomic = false;
    cell->version++;
}

static inline void note_one(struct cell *cell, enum op_kind kind,
                            const void *pc)
{
    if (kind == OP_READ)
        note_read(cell, pc);
    else
        note_write(cell, pc);
}

static void note(uintptr_t address, size_t size, enum op_kind kind,
                 const void *pc)
{
    uintptr_t end = address + size;

    for (struct cell *cell = cell_first(address, size); cell;
         cell = cell_next(cell, end))
        note_one(cell, kind, pc);
}

// ---- Whose memory it is -----------------------------------------------------

_Noreturn static void complain(enum failure_kind kind, uintptr_t address,
                               size_t size, const void *pc, const char *text)
{
    struct failure failure = {.kind = kind,
                              .task = task_now,
                              .other = -1,
                              .pc = pc,
                              .address = address,
                              .size = (uint32_t)size};

    snprintf(failure.text, sizeof failure.text, "%s", text);
    engine_fail(&failure);
    loom_leave();
}

static bool is_own_stack(uintptr_t address)
{
    return address - (uintptr_t)TASK->stack < STACK_BYTES;
}

// Below it there are no variables of the program on the task's stack: only
// frames of the engine's, and what has been left. 0: nobody knows.
static uintptr_t lowest_frame(const struct task *task)
{
    int count = task->call_count;

    return count > 0 && count < CALL_LIMIT
               ? (uintptr_t)task->calls[count - 1].address
               : 0;
}

// A function may have taken more of the stack than its frame (alloca, arrays of
// variable length), down to where its call that returns to pc lies: above what
// that call left there. Two words above high lies what the function's first
// call left. Not found: high.
static uintptr_t end_of_frame(uintptr_t low, uintptr_t high, const void *pc)
{
    uintptr_t first = (high & ~(uintptr_t)7) + 2 * sizeof pc;

    for (uintptr_t slot = first; slot > low + 8; slot -= 8)
        if (((const void *const *)slot)[-1] == pc)
            return slot;
    return high;
}

// Everything below the frame that makes the access has been left. frame is NULL
// when a function of the C library makes it.
static void check_own_stack(uintptr_t address, size_t size, const void *pc,
                            const void *frame)
{
    uintptr_t lowest = frame ? (uintptr_t)frame : lowest_frame(TASK);

    if (address < lowest && !frame)
        lowest =
            end_of_frame((uintptr_t)__builtin_frame_address(0), lowest, pc);
    if (address < lowest)
        complain(USE_AFTER_RETURN, address, size, pc,
                 M("the function whose variable this was has returned",
                   "ya terminó la función de la que era esta variable"));
}

// The same of another task, which waits in a call.
static bool is_left(const struct task *task, uintptr_t address)
{
    uintptr_t low = (uintptr_t)task->stack_pointer;

    return address < low ||
           (address < lowest_frame(task) &&
            address < end_of_frame(low, lowest_frame(task), task->op.pc));
}

static void check_other_stack(uintptr_t address, size_t size, const void *pc)
{
    for (int t = 0; t < task_count; t++) {
        struct task *task = &tasks[t];

        if (address - (uintptr_t)task->stack >= STACK_BYTES)
            continue;
        if (task->life == TASK_FINISHED)
            complain(USE_AFTER_RETURN, address, size, pc,
                     M("the thread whose variable this was has finished",
                       "ya terminó el hilo del que era esta variable"));
        if (is_left(task, address))
            complain(USE_AFTER_RETURN, address, size, pc,
                     M("the function of another thread whose variable this "
                       "was has returned",
                       "ya terminó la función de otro hilo de la que era esta "
                       "variable"));
        return;
    }
    complain(CRASH, address, size, pc,
             M("access to memory that does not exist",
               "acceso a memoria que no existe"));
}

// Not the program's: constants and what the C library owns may be read. Where
// nothing is, the access itself will say so.
static void check_foreign(uintptr_t address, size_t size, enum op_kind kind,
                          const void *pc)
{
    if (kind == OP_READ || !loom.is_running || tls_has(address) ||
        globals_have_argument(address) ||
        (address == (uintptr_t)&TASK->errno_value && size == sizeof(int)))
        return;
    complain(CRASH, address, size, pc,
             M("write to memory that is not the program's",
               "escritura en memoria que no es del programa"));
}

enum region { GLOBAL, OWN_STACK, OTHER_STACK, HEAP, FOREIGN };

static inline enum region region_of(uintptr_t address)
{
    if (globals_have(address))
        return GLOBAL;
    if (address - STACKS_BEGIN < STACKS_END - STACKS_BEGIN)
        return is_own_stack(address) ? OWN_STACK : OTHER_STACK;
    if (address - HEAP_BEGIN < HEAP_END - HEAP_BEGIN)
        return HEAP;
    return FOREIGN;
}

static inline void check(enum region region, uintptr_t address, size_t size,
                         enum op_kind kind, const void *pc, const void *frame)
{
    switch (region) {
    case GLOBAL:
        if (!globals_have_all(address, size))
            complain(OUT_OF_BOUNDS, address, size, pc,
                     M("access beyond the last global variable",
                       "acceso más allá de la última variable global"));
        if (kind != OP_READ)
            globals_touch(address, size);
        return;
    case OWN_STACK:
        check_own_stack(address, size, pc, frame);
        return;
    case OTHER_STACK:
        check_other_stack(address, size, pc);
        return;
    case HEAP:
        heap_check(address, size, kind != OP_READ, pc);
        return;
    case FOREIGN:
        return;
    }
}

static inline void check_access(enum region region, uintptr_t address,
                                size_t size, enum op_kind kind, const void *pc,
                                const void *frame)
{
    check(region, address, size, kind, pc, frame);
    if (kind != OP_READ && section_is_mine())
        section_writes(address, size);
}

// ---- Accesses ---------------------------------------------------------------

static inline bool is_choice_one(const struct cell *cell, bool is_volatile)
{
    return (cell->is_shared &&
            (is_volatile || loom.points == POINTS_ACCESSES)) ||
           (cell->is_racy && loom.points == POINTS_RACES);
}

static bool is_choice(struct cell *cell, uintptr_t end, bool is_volatile)
{
    for (; cell; cell = cell_next(cell, end))
        if (is_choice_one(cell, is_volatile))
            return true;
    return false;
}

// In a replay every step may end a segment. Those on the own stack are counted
// as well: whether one of them is a choice depends on what is known so far, and
// a schedule must not.
static inline bool must_arrive(struct cell *cell, uintptr_t end,
                               bool is_volatile)
{
    if (loom.mode == MODE_REPLAY)
        return true;
    return !section_is_mine() &&
           (TASK->is_parked || is_choice(cell, end, is_volatile));
}

// Member by member: a struct built elsewhere and copied costs a stall of the
// processor at each access (stores that are too small to be forwarded).
static inline void arrive_at_memory(uintptr_t address, size_t size,
                                    enum op_kind kind, const void *pc)
{
    struct op *op = &TASK->op;

    op->kind = (uint8_t)kind;
    op->is_timed = op->is_parked = false;
    op->size = (uint32_t)size;
    op->object = op->second = 0;
    op->address = address;
    op->pc = pc;
    arrive_there();
}

static inline void access_memory(uintptr_t address, size_t size,
                                 enum op_kind kind, const void *pc,
                                 const void *frame, bool is_volatile)
{
    enum region region = region_of(address);
    struct cell *cell;

    if (trap_is_late)
        trap_end_late(pc);
    if (region == FOREIGN) {
        check_foreign(address, size, kind, pc);
        return;
    }
    if (region != OWN_STACK) {
        if (kind == OP_READ)
            spin_look(address, (uint32_t)size, 0, pc, frame);
        else
            spin_acted();
    }
    cell = cell_first(address, size);
    if (must_arrive(cell, address + size, is_volatile))
        arrive_at_memory(address, size, kind, pc);
    else if (--steps_left == 0)
        loom_endless(pc);
    check_access(region, address, size, kind, pc,
                 frame);    // now: others may have run
    if (cell->size >= size) // still
        note_one(cell, kind, pc);
    else
        note(address, size, kind, pc);
}

void access_plain(uintptr_t address, size_t size, enum op_kind kind,
                  const void *pc)
{
    access_memory(address, size, kind, pc, NULL, false);
}

// ---- Atomic accesses --------------------------------------------------------

// Those of the tasks that an atomic access of this one cannot race with still
// show that the memory is shared.
static void learn_from_atomics(struct cell *cell, taskset readers)
{
    int writer = cell->writer;

    if (cell->is_atomic && writer >= 0 && writer != task_now &&
        !clock_covers(&TASK->family, writer, cell->write_family))
        learn_shared(cell);
    for (; readers; readers &= readers - 1)
        if (!clock_covers(&TASK->family, set_first(readers),
                          cell_reader(cell, set_first(readers))->family))
            learn_shared(cell);
}

// A plain read of the same task is what others may race with: it stays.
static void note_atomic_read(struct cell *cell, const void *pc)
{
    learn_from_atomics(cell, 0);
    if (!cell->is_atomic)
        check_against_write(cell, pc);
    if (set_has(cell->readers & ~cell->atomic_readers, task_now))
        return;
    cell->atomic_readers |= set_of(task_now);
    remember_read(cell, pc);
}

// Two atomic accesses do not race; an atomic and another one do.
static void note_atomic_write(struct cell *cell, const void *pc)
{
    learn_from_atomics(cell, cell->readers & cell->atomic_readers);
    if (!cell->is_atomic)
        check_against_write(cell, pc);
    cell->readers &= ~cell->atomic_readers;
    check_against_reads(cell, pc);
    remember_write(cell, pc);
    cell->is_atomic = true;
}

void access_atomic(uintptr_t address, size_t size, enum op_kind kind,
                   bool changes, const void *pc)
{
    enum region region = region_of(address);
    uintptr_t end = address + size;

    if (region == FOREIGN) {
        check_foreign(address, size, kind, pc);
        return;
    }
    if (changes)
        spin_acted();
    else
        spin_look(address, (uint32_t)size, 0, pc, NULL);
    if (must_arrive(cell_first(address, size), end, true))
        arrive_at_memory(address, size, kind, pc);
    else if (--steps_left == 0)
        loom_endless(pc);
    check_access(region, address, size, kind, pc, NULL);
    for (struct cell *cell = cell_first(address, size); cell;
         cell = cell_next(cell, end))
        if (kind == OP_READ)
            note_atomic_read(cell, pc);
        else
            note_atomic_write(cell, pc);
}

void access_changed(uintptr_t address, size_t size)
{
    uintptr_t end = address + size;

    for (struct cell *cell = cell_first(address, size); cell;
         cell = cell_next(cell, end))
        cell->version++;
    spin_acted();
}

void access_learn(uintptr_t address, size_t size)
{
    uintptr_t end = address + size;

    for (struct cell *cell = cell_first(address, size); cell;
         cell = cell_next(cell, end)) {
        int writer = cell->writer;

        if (writer >= 0 && writer != task_now &&
            !clock_covers(&TASK->family, writer, cell->write_family))
            learn_shared(cell);
    }
}

// ---- The calls --------------------------------------------------------------

// The program's part of the stack ends above the frame of the hook: saved frame
// pointer and return address.
#define PROGRAM_FRAME ((char *)__builtin_frame_address(0) + 16)

#define HOOK(name, size, kind, is_volatile)                                    \
    void __tsan_##name##size(void *address)                                    \
    {                                                                          \
        access_memory((uintptr_t)address, size, kind, CALLER, PROGRAM_FRAME,   \
                      is_volatile);                                            \
    }
#define HOOKS(size)                                                            \
    HOOK(read, size, OP_READ, false)                                           \
    HOOK(write, size, OP_WRITE, false)                                         \
    HOOK(unaligned_read, size, OP_READ, false)                                 \
    HOOK(unaligned_write, size, OP_WRITE, false)                               \
    HOOK(volatile_read, size, OP_READ, true)                                   \
    HOOK(volatile_write, size, OP_WRITE, true)                                 \
    HOOK(unaligned_volatile_read, size, OP_READ, true)                         \
    HOOK(unaligned_volatile_write, size, OP_WRITE, true)

HOOKS(1)
HOOKS(2)
HOOKS(4)
HOOKS(8)
HOOKS(16)

// clang's, of x += 1 in one: a read and a write.
#define READ_WRITE_HOOK(size)                                                  \
    void __tsan_read_write##size(void *address)                                \
    {                                                                          \
        const void *frame = PROGRAM_FRAME, *pc = CALLER;                       \
                                                                               \
        access_memory((uintptr_t)address, size, OP_READ, pc, frame, false);    \
        access_memory((uintptr_t)address, size, OP_WRITE, pc, frame, false);   \
    }

READ_WRITE_HOOK(1)
READ_WRITE_HOOK(2)
READ_WRITE_HOOK(4)
READ_WRITE_HOOK(8)
READ_WRITE_HOOK(16)

void __tsan_read_range(void *address, size_t size)
{
    if (size)
        access_memory((uintptr_t)address, size, OP_READ, CALLER, PROGRAM_FRAME,
                      false);
}

void __tsan_write_range(void *address, size_t size)
{
    if (size)
        access_memory((uintptr_t)address, size, OP_WRITE, CALLER, PROGRAM_FRAME,
                      false);
}

// The compiler sees to it that this comes before all else.
void __tsan_init(void)
{
    cell_begin();
}

// What stands at the frame pointer of a function: its caller's, and where it
// returns to. Without optimisation all functions have one.
struct linkage {
    const char *base;
    const void *pc;
};

static struct frame call_of(const void *pc, const char *frame)
{
    struct frame call = {
        .pc = pc, .address = frame, .base = *(char *const *)frame};

    if (is_own_stack((uintptr_t)call.base))
        call.link = ((const struct linkage *)call.base)->base;
    return call;
}

// Returning elsewhere would be going on in what is not the program.
static void check_return(const struct frame *call, const void *pc)
{
    const struct linkage *now = (const struct linkage *)call->base;

    if (!call->link || (now->pc == call->pc && now->base == call->link))
        return;
    complain(OUT_OF_BOUNDS, (uintptr_t)now, sizeof *now, pc,
             M("a write beyond a local variable has changed where this "
               "function returns to",
               "una escritura más allá de una variable local cambió a dónde "
               "retorna esta función"));
}

// longjmp leaves calls without an exit: those deeper than this one are over.
void __tsan_func_entry(const void *pc)
{
    char *frame = __builtin_frame_address(0);
    int count = TASK->call_count;

    while (count > 0 && TASK->calls[count - 1].address <= frame)
        count--;
    if (count < CALL_LIMIT)
        TASK->calls[count++] = call_of(pc, frame);
    TASK->call_count = count;
    if (frame < TASK->deepest)
        TASK->deepest = frame;
    if (section_function_count)
        section_enter(CALLER);
}

void __tsan_func_exit(void)
{
    const char *frame = __builtin_frame_address(0);
    int count = TASK->call_count;

    if (section_function_count)
        section_leave(CALLER);
    if (count == 0 || TASK->calls[count - 1].address != frame)
        return;
    check_return(&TASK->calls[count - 1], CALLER);
    TASK->call_count--;
}
