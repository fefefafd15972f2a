// block.h - any other call that may block, by its name
//
//     EXPORT int pause(void)
//     {
//         BLOCK(RECORD_SLEEP, "pause", int, REAL(pause)());
//     }
//
// Interface: BLOCK, block_name.
// Threads: any number; async-signal-safe. Ownership: none.
#ifndef TELAR_BLOCK_H
#define TELAR_BLOCK_H

#include "tools/recorder/inside/say.h"

// The number of name, looked up once for each place that asks.
static inline uint32_t block_name(_Atomic uint32_t *number, const char *name)
{
    uint32_t found = atomic_load_explicit(number, memory_order_relaxed);

    if (likely(found != 0))
        return found;
    found = writer_name(&inside.writer, name);
    atomic_store_explicit(number, found, memory_order_relaxed);
    return found;
}

// The body of a wrapper: call between BLOCK_BEGIN and BLOCK_END.
#define BLOCK(what, name, type, call)                                          \
    do {                                                                       \
        static _Atomic uint32_t block_number;                                  \
        struct writer_task *block_task = inside_task_for(what);                \
        uint32_t block_id;                                                     \
        type block_result;                                                     \
                                                                               \
        if (!block_task)                                                       \
            return call;                                                       \
        block_id = block_name(&block_number, name);                            \
        wait_begin(block_task, TRACE_BLOCK_BEGIN, block_id, 0);                \
        block_result = call;                                                   \
        wait_end(block_task, TRACE_BLOCK_END, block_id, 0);                    \
        return block_result;                                                   \
    } while (0)

#endif
