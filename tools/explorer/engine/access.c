// access.c - the calls a compiler puts before each access to memory
//
// gcc and clang make them with -fsanitize=thread; the names are ThreadSanitizer's
// (compiler-rt, lib/tsan/rtl/tsan_interface.h), the meaning is ours.
#include <stdint.h>

#include "tools/explorer/engine/access.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/spin.h"

static bool in(uintptr_t address, const char *begin, const char *end)
{
    return address >= (uintptr_t)begin && address < (uintptr_t)end;
}

static bool is_watched(uintptr_t address)
{
    return (address >= STACKS_BEGIN && address < HEAP_END) ||
           in(address, __start_telar_bss, __stop_telar_bss) ||
           in(address, __start_telar_data, __stop_telar_data);
}

static void race(struct cell *cell, const void *pc, int other,
                 const void *other_pc)
{
    cell->is_racy = true;
    if (loom.failure.kind == NO_FAILURE)
        engine_fail(&(struct failure){.kind = DATA_RACE,
                                      .task = task_now,
                                      .other = other,
                                      .pc = pc,
                                      .other_pc = other_pc,
                                      .address = cell->address});
}

static void check_against_write(struct cell *cell, const void *pc)
{
    int writer = cell->writer;

    if (writer < 0 || writer == task_now)
        return;
    if (!clock_covers(&TASK->family, writer, cell->write_family))
        cell->is_shared = true;
    if (!clock_covers(&TASK->sync, writer, cell->write_sync))
        race(cell, pc, writer, cell->write_pc);
}

static void check_against_reads(struct cell *cell, const void *pc)
{
    for (taskset left = cell->readers & ~set_of(task_now); left;
         left &= left - 1) {
        int reader = set_first(left);

        if (!clock_covers(&TASK->family, reader, cell->read_family[reader]))
            cell->is_shared = true;
        if (!clock_covers(&TASK->sync, reader, cell->read_sync[reader]))
            race(cell, pc, reader, cell->read_pc[reader]);
    }
}

static void note_read(struct cell *cell, const void *pc)
{
    check_against_write(cell, pc);
    cell->atomic_readers &= ~set_of(task_now);
    cell->readers |= set_of(task_now);
    cell->read_sync[task_now] = TASK->sync.of[task_now] + 1;
    cell->read_family[task_now] = TASK->family.of[task_now] + 1;
    cell->read_pc[task_now] = pc;
}

static void note_write(struct cell *cell, const void *pc)
{
    check_against_write(cell, pc);
    check_against_reads(cell, pc);
    cell->writer = (int16_t)task_now;
    cell->write_sync = TASK->sync.of[task_now] + 1;
    cell->write_family = TASK->family.of[task_now] + 1;
    cell->write_pc = pc;
    cell->written_atomically = false;
    cell->version++;
    cell->readers = 0;
}

static bool is_point(uintptr_t address, size_t size)
{
    uintptr_t end = address + size;

    for (struct cell *cell = cell_first(address, size); cell;
         cell = cell_next(cell, end))
        if ((cell->is_shared && loom.points_are_accesses) ||
            (cell->is_racy && loom.points_are_races))
            return true;
    return false;
}

static inline void note(uintptr_t address, size_t size, enum op_kind kind,
                        const void *pc)
{
    uintptr_t end = address + size;

    for (struct cell *cell = cell_first(address, size); cell;
         cell = cell_next(cell, end))
        if (kind == OP_READ)
            note_read(cell, pc);
        else
            note_write(cell, pc);
}

static inline void plain(uintptr_t address, size_t size, enum op_kind kind,
                         const void *pc, const void *frame)
{
    if (!is_watched(address))
        return;
    if (kind == OP_READ)
        spin_look(address, (uint32_t)size, 0, pc, frame);
    else
        spin_acted();
    if (TASK->is_parked || is_point(address, size))
        arrive((struct op){.kind = (uint8_t)kind,
                           .size = (uint32_t)size,
                           .address = address,
                           .pc = pc});
    note(address, size, kind, pc);
}

// Two atomic accesses do not race; an atomic and another one do.
static void note_atomic(struct cell *cell, enum op_kind kind, const void *pc)
{
    taskset readers = cell->readers, atomically = cell->atomic_readers;
    bool was_atomic = cell->written_atomically;

    if (was_atomic)
        cell->writer = -1;
    cell->readers &= ~atomically;
    if (kind == OP_READ) {
        note_read(cell, pc);
        cell->atomic_readers |= set_of(task_now);
    } else {
        note_write(cell, pc);
        cell->written_atomically = true;
    }
}

void access_plain(uintptr_t address, size_t size, enum op_kind kind,
                  const void *pc)
{
    plain(address, size, kind, pc, __builtin_frame_address(0));
}

// The program's part of the stack ends above the frame of the hook: saved frame
// pointer and return address.
#define PROGRAM_FRAME ((char *)__builtin_frame_address(0) + 16)

#define ACCESS(size)                                                           \
    void __tsan_read##size(void *address)                                      \
    {                                                                          \
        plain((uintptr_t)address, size, OP_READ, CALLER, PROGRAM_FRAME);       \
    }                                                                          \
    void __tsan_write##size(void *address)                                     \
    {                                                                          \
        plain((uintptr_t)address, size, OP_WRITE, CALLER, PROGRAM_FRAME);      \
    }                                                                          \
    void __tsan_unaligned_read##size(void *address)                            \
    {                                                                          \
        plain((uintptr_t)address, size, OP_READ, CALLER, PROGRAM_FRAME);       \
    }                                                                          \
    void __tsan_unaligned_write##size(void *address)                           \
    {                                                                          \
        plain((uintptr_t)address, size, OP_WRITE, CALLER, PROGRAM_FRAME);      \
    }                                                                          \
    void __tsan_volatile_read##size(void *address)                             \
    {                                                                          \
        volatile_access((uintptr_t)address, size, OP_READ, CALLER,             \
                        PROGRAM_FRAME);                                        \
    }                                                                          \
    void __tsan_volatile_write##size(void *address)                            \
    {                                                                          \
        volatile_access((uintptr_t)address, size, OP_WRITE, CALLER,            \
                        PROGRAM_FRAME);                                        \
    }                                                                          \
    void __tsan_unaligned_volatile_read##size(void *address)                   \
    {                                                                          \
        volatile_access((uintptr_t)address, size, OP_READ, CALLER,             \
                        PROGRAM_FRAME);                                        \
    }                                                                          \
    void __tsan_unaligned_volatile_write##size(void *address)                  \
    {                                                                          \
        volatile_access((uintptr_t)address, size, OP_WRITE, CALLER,            \
                        PROGRAM_FRAME);                                        \
    }
static void volatile_access(uintptr_t address, size_t size, enum op_kind kind,
                            const void *pc, const void *frame)
{
    if (!is_watched(address))
        return;
    if (kind == OP_READ)
        spin_look(address, (uint32_t)size, 0, pc, frame);
    else
        spin_acted();
    arrive((struct op){.kind = (uint8_t)kind,
                       .size = (uint32_t)size,
                       .address = address,
                       .pc = pc});
    note(address, size, kind, pc);
}

ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)

void __tsan_read_range(void *address, size_t size)
{
    if (size)
        plain((uintptr_t)address, size, OP_READ, CALLER, PROGRAM_FRAME);
}

void __tsan_write_range(void *address, size_t size)
{
    if (size)
        plain((uintptr_t)address, size, OP_WRITE, CALLER, PROGRAM_FRAME);
}

void __tsan_init(void)
{
}
void __tsan_func_entry(void *pc)
{
    char *frame = __builtin_frame_address(0);

    (void)pc;
    if (frame < TASK->deepest)
        TASK->deepest = frame;
}
void __tsan_func_exit(void)
{
}
