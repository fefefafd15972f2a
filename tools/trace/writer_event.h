// writer_event.h - writer_event in line, for who says much in little time
//
// What an event costs beside the clock is mostly calls and what they keep for
// their callers.
//
// Interface: writer_event_inline, writer_event_at_inline; the rest of it is
// theirs.
// Threads, ownership: those of writer_event.
#ifndef TELAR_WRITER_EVENT_H
#define TELAR_WRITER_EVENT_H

#include <time.h>
#include <unistd.h>

#include "tools/trace/writer.h"

#define INLINE static inline __attribute__((always_inline))

// Gives task a chunk; false when there is none to be had. Keeps errno.
bool writer_turn_chunk(struct writer_task *task);

// Counts an event that is not written.
void writer_lose(struct writer_task *task);

INLINE uint64_t writer_now_inline(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

INLINE uint64_t writer_time_inline(const struct writer *writer)
{
    return writer->header->clock == TRACE_STEPS ? writer->step
                                                : writer_now_inline();
}

INLINE void writer_put(struct writer_task *task, uint64_t time, uint64_t object,
                       uint64_t value, uint64_t last)
{
    struct trace_record *r = task->next;

    if (time < task->last_time)
        time = task->last_time;
    task->last_time = time;
    last |=
        (uint64_t)trace_record_check(time, object, value, last, task->ticket)
        << 48;
    r->time = time;
    r->object = object;
    r->value = value;
    atomic_store_explicit(&r->last, last, memory_order_release);
    task->next = r + 1;
}

INLINE void writer_check_owner(struct writer_task *task)
{
    const struct writer *writer = task->writer;
    uint32_t pid = writer->pid
                       ? atomic_load_explicit(writer->pid, memory_order_relaxed)
                       : (uint32_t)getpid();

    if (__builtin_expect(pid != task->pid, 0))
        writer_become_child(task, writer_time_inline(writer));
}

INLINE bool writer_enter(struct writer_task *task)
{
    writer_check_owner(task);
    if (atomic_load_explicit(&task->busy, memory_order_relaxed)) {
        writer_lose(task);
        return false;
    }
    atomic_store_explicit(&task->busy, 1, memory_order_relaxed);
    atomic_signal_fence(memory_order_seq_cst);
    if (task->next != task->limit || writer_turn_chunk(task))
        return true;
    writer_lose(task);
    atomic_store_explicit(&task->busy, 0, memory_order_relaxed);
    return false;
}

INLINE void writer_finish(struct writer_task *task)
{
    atomic_signal_fence(memory_order_seq_cst);
    atomic_store_explicit(&task->busy, 0, memory_order_relaxed);
}

INLINE void writer_event_at_inline(struct writer_task *task, uint64_t time,
                                   uint32_t place, uint16_t kind,
                                   uint64_t object, uint64_t value)
{
    if (!writer_enter(task))
        return;
    writer_put(task, time, object, value, place | (uint64_t)kind << 32);
    writer_finish(task);
}

INLINE void writer_event_inline(struct writer_task *task, uint16_t kind,
                                uint64_t object, uint64_t value)
{
    if (!writer_enter(task))
        return;
    writer_put(task, writer_time_inline(task->writer), object, value,
               (uint64_t)kind << 32);
    writer_finish(task);
}

#endif
