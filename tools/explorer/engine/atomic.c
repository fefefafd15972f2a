// atomic.c - atomic operations: the calls a compiler makes of them
//
// Names as in ThreadSanitizer (compiler-rt, tsan_interface_atomic.h). All run
// sequentially consistent; that the program asked for less is noted, and then
// nothing is called proved.
#include <stdint.h>

#include "tools/explorer/engine/access.h"
#include "tools/explorer/engine/loom.h"
#include "tools/explorer/engine/spin.h"
#include "tools/explorer/engine/sync.h"

enum { SEQUENTIAL = 5 }; // memory_order_seq_cst, as compilers number them

static void meet_memory(enum op_kind kind, const volatile void *address,
                        uint32_t size, int order, const void *pc)
{
    if (order != SEQUENTIAL)
        loom.is_weak = true;
    arrive((struct op){.kind = (uint8_t)kind,
                       .size = size,
                       .address = (uintptr_t)address,
                       .pc = pc});
    access_atomic((uintptr_t)address, size, kind, pc);
}

static struct object *carrier(const volatile void *address)
{
    return &objects[object_named((const void *)address, ATOMIC_CELL)];
}

#define ATOMIC(bits, type)                                                     \
    type __tsan_atomic##bits##_load(const volatile type *address, int order)   \
    {                                                                          \
        meet_memory(OP_READ, address, sizeof(type), order, CALLER);            \
        sync_acquire(carrier(address));                                        \
        return *address;                                                       \
    }                                                                          \
    void __tsan_atomic##bits##_store(volatile type *address, type value,       \
                                     int order)                                \
    {                                                                          \
        meet_memory(OP_WRITE, address, sizeof(type), order, CALLER);           \
        sync_release(carrier(address));                                        \
        *address = value;                                                      \
    }                                                                          \
    static type update##bits(volatile type *address, type value, int order,    \
                             const void *pc)                                   \
    {                                                                          \
        (void)value;                                                           \
        meet_memory(OP_UPDATE, address, sizeof(type), order, pc);              \
        sync_acquire(carrier(address));                                        \
        sync_release(carrier(address));                                        \
        return *address;                                                       \
    }                                                                          \
    type __tsan_atomic##bits##_exchange(volatile type *address, type value,    \
                                        int order)                             \
    {                                                                          \
        type old = update##bits(address, value, order, CALLER);                \
        *address = value;                                                      \
        spin_updated(old != value);                                            \
        return old;                                                            \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_strong(                         \
        volatile type *address, type *expected, type value, int order,         \
        int otherwise)                                                         \
    {                                                                          \
        type old = update##bits(address, value, order, CALLER);                \
        (void)otherwise;                                                       \
        spin_updated(old == *expected && old != value);                        \
        if (old == *expected) {                                                \
            *address = value;                                                  \
            return 1;                                                          \
        }                                                                      \
        *expected = old;                                                       \
        return 0;                                                              \
    }                                                                          \
    int __tsan_atomic##bits##_compare_exchange_weak(                           \
        volatile type *address, type *expected, type value, int order,         \
        int otherwise)                                                         \
    {                                                                          \
        type old = update##bits(address, value, order, CALLER);                \
        (void)otherwise;                                                       \
        spin_updated(old == *expected && old != value);                        \
        if (old == *expected) {                                                \
            *address = value;                                                  \
            return 1;                                                          \
        }                                                                      \
        *expected = old;                                                       \
        return 0;                                                              \
    }                                                                          \
    type __tsan_atomic##bits##_compare_exchange_val(                           \
        volatile type *address, type expected, type value, int order,          \
        int otherwise)                                                         \
    {                                                                          \
        type old = update##bits(address, value, order, CALLER);                \
        (void)otherwise;                                                       \
        if (old == expected)                                                   \
            *address = value;                                                  \
        spin_updated(old == expected && old != value);                         \
        return old;                                                            \
    }                                                                          \
    FETCH(bits, type, add, old + value)                                        \
    FETCH(bits, type, sub, old - value)                                        \
    FETCH(bits, type, and, old &value)                                         \
    FETCH(bits, type, or, old | value)                                         \
    FETCH(bits, type, xor, old ^ value)                                        \
    FETCH(bits, type, nand, ~(old & value))

#define FETCH(bits, type, name, result)                                        \
    type __tsan_atomic##bits##_fetch_##name(volatile type *address,            \
                                            type value, int order)             \
    {                                                                          \
        type old = update##bits(address, value, order, CALLER);                \
        *address = (type)(result);                                             \
        spin_updated(*address != old);                                         \
        return old;                                                            \
    }

ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)

void __tsan_atomic_thread_fence(int order)
{
    (void)order;
    loom.is_weak = true; // a fence means that some operation is weaker
}

void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}
