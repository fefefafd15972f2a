// atomic.c - atomic operations: the calls a compiler makes of them
//
// Names as in ThreadSanitizer (compiler-rt, tsan_interface_atomic.h). All run
// sequentially consistent; that the program asked for less is noted, and then
// nothing is called proved.
#include <stdint.h>

#include "tools/explorer/engine/access.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/sync.h"

enum { SEQUENTIAL = 5 }; // memory_order_seq_cst, as compilers number them

static bool is_alone(void)
{
    for (int t = 0; t < task_count; t++)
        if (t != task_now && tasks[t].life == TASK_LIVE)
            return false;
    return true;
}

// To those that are created later, what came before is in order whatever it
// was: atomic_init() of <stdatomic.h> is a relaxed store.
static void note_order(int order, const void *pc)
{
    if (order != SEQUENTIAL && !loom.weak && !is_alone())
        loom.weak = pc;
}

static struct object *carrier(const volatile void *address)
{
    return &objects[object_named((const void *)address, ATOMIC_CELL)];
}

static void begin_load(const volatile void *address, size_t size, int order,
                       const void *pc)
{
    note_order(order, pc);
    access_atomic((uintptr_t)address, size, OP_READ, false, pc);
    sync_acquire(carrier(address));
}

static void begin_store(const volatile void *address, size_t size, bool changes,
                        int order, const void *pc)
{
    note_order(order, pc);
    access_atomic((uintptr_t)address, size, OP_WRITE, changes, pc);
    sync_release(carrier(address));
}

static void begin_update(const volatile void *address, size_t size,
                         bool changes, int order, const void *pc)
{
    note_order(order, pc);
    access_atomic((uintptr_t)address, size, OP_UPDATE, changes, pc);
    sync_acquire(carrier(address));
    sync_release(carrier(address));
}

// What the program would see change, while it waits for its turn and then.
#define SET(address, value)                                                    \
    do {                                                                       \
        if (*(address) != (value))                                             \
            access_changed((uintptr_t)(address), sizeof *(address));           \
        *(address) = (value);                                                  \
    } while (0)

#define LOAD_AND_STORE(bits, type)                                             \
    type __tsan_atomic##bits##_load(const volatile type *address, int order)   \
    {                                                                          \
        begin_load(address, sizeof(type), order, CALLER);                      \
        return *address;                                                       \
    }                                                                          \
    void __tsan_atomic##bits##_store(volatile type *address, type value,       \
                                     int order)                                \
    {                                                                          \
        begin_store(address, sizeof(type), *address != value, order, CALLER);  \
        SET(address, value);                                                   \
    }                                                                          \
    type __tsan_atomic##bits##_exchange(volatile type *address, type value,    \
                                        int order)                             \
    {                                                                          \
        type old;                                                              \
                                                                               \
        begin_update(address, sizeof(type), *address != value, order, CALLER); \
        old = *address;                                                        \
        SET(address, value);                                                   \
        return old;                                                            \
    }

#define COMPARE(bits, type)                                                    \
    static type compare##bits(volatile type *address, type expected,           \
                              type value, int order, const void *pc)           \
    {                                                                          \
        type old;                                                              \
                                                                               \
        begin_update(address, sizeof(type),                                    \
                     *address == expected && expected != value, order, pc);    \
        old = *address;                                                        \
        if (old == expected)                                                   \
            SET(address, value);                                               \
        return old;                                                            \
    }                                                                          \
    static int compare_at##bits(volatile type *address, type *expected,        \
                                type value, int order, const void *pc)         \
    {                                                                          \
        type wanted, old;                                                      \
                                                                               \
        access_plain((uintptr_t)expected, sizeof(type), OP_READ, pc);          \
        wanted = *expected;                                                    \
        old = compare##bits(address, wanted, value, order, pc);                \
        if (old == wanted)                                                     \
            return 1;                                                          \
        access_plain((uintptr_t)expected, sizeof(type), OP_WRITE, pc);         \
        *expected = old;                                                       \
        return 0;                                                              \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_strong(                         \
        volatile type *address, type *expected, type value, int order,         \
        int otherwise)                                                         \
    {                                                                          \
        (void)otherwise;                                                       \
        return compare_at##bits(address, expected, value, order, CALLER);      \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_weak(                           \
        volatile type *address, type *expected, type value, int order,         \
        int otherwise)                                                         \
    {                                                                          \
        (void)otherwise;                                                       \
        return compare_at##bits(address, expected, value, order, CALLER);      \
    }                                                                          \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *address,    \
                                                    type expected, type value, \
                                                    int order, int otherwise)  \
    {                                                                          \
        (void)otherwise;                                                       \
        return compare##bits(address, expected, value, order, CALLER);         \
    }

#define FETCH(bits, type, name, result)                                        \
    type __tsan_atomic##bits##_fetch_##name(volatile type *address,            \
                                            type value, int order)             \
    {                                                                          \
        type old = *address, new = (type)(result);                             \
                                                                               \
        begin_update(address, sizeof(type), old != new, order, CALLER);        \
        old = *address;                                                        \
        new = (type)(result);                                                  \
        SET(address, new);                                                     \
        return old;                                                            \
    }

#define ATOMIC(bits, type)                                                     \
    LOAD_AND_STORE(bits, type)                                                 \
    COMPARE(bits, type)                                                        \
    FETCH(bits, type, add, old + value)                                        \
    FETCH(bits, type, sub, old - value)                                        \
    FETCH(bits, type, and, old &value)                                         \
    FETCH(bits, type, or, old | value)                                         \
    FETCH(bits, type, xor, old ^ value)                                        \
    FETCH(bits, type, nand, ~(old & value))

ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)

// A fence means that some operation is weaker.
void __tsan_atomic_thread_fence(int order)
{
    note_order(SEQUENTIAL + 1 + order, CALLER);
}

void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}
