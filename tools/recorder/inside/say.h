// say.h - how a wrapper says what happened
//
//     struct writer_task *task = inside_task_for(RECORD_SLEEP);
//     ...
//     wait_begin(task, TRACE_SLEEP_BEGIN, 0, 1000);
//     result = REAL(usleep)(1);
//     wait_end(task, TRACE_SLEEP_END, 0, 0);
//
// A wait that is left by a jump, or in the middle of which a signal handler
// does something of its own, is closed by the next event of its thread.
//
// Interface: say, say_quickly, say_at, wait_begin, wait_end,
// items_still_wanted.
// Threads: task is the calling thread's; async-signal-safe; errno is kept.
// Ownership: none.
#ifndef TELAR_SAY_H
#define TELAR_SAY_H

#include "tools/recorder/inside/state.h"
#include "tools/trace/writer_event.h"

static inline void wait_close(struct writer_task *task)
{
    if (likely(inside_self.waits == 0))
        return;
    inside_self.waits = 0;
    writer_event(task, TRACE_BLOCK_END, 0, 0);
}

static inline void say(struct writer_task *task, uint16_t kind, uint64_t object,
                       uint64_t value)
{
    wait_close(task);
    writer_event(task, kind, object, value);
}

// The same, in line: for what some programs do more often than anything else.
static inline void say_quickly(struct writer_task *task, uint16_t kind,
                               uint64_t object, uint64_t value)
{
    wait_close(task);
    writer_event_inline(task, kind, object, value);
}

// For what was true from time on, unless something was said since.
static inline void say_at(struct writer_task *task, uint64_t time,
                          uint16_t kind, uint64_t object, uint64_t value)
{
    wait_close(task);
    writer_event_at(task, time, 0, kind, object, value);
}

static inline void wait_begin(struct writer_task *task, uint16_t kind,
                              uint64_t object, uint64_t value)
{
    wait_close(task);
    inside_self.waits = kind;
    writer_event(task, kind, object, value);
}

static inline void wait_end(struct writer_task *task, uint16_t kind,
                            uint64_t object, uint64_t value)
{
    writer_event(task, kind, object, value);
    inside_self.waits = 0;
}

// For who sleeps in a condition because a queue of the program is full or empty
// (items.c): what he waits for is the queue.
static inline void items_still_wanted(struct writer_task *task)
{
    if (inside_self.wants != 0)
        writer_event(task, inside_self.wants, inside_self.wanted_of,
                     inside_self.wanted_item);
}

#endif
