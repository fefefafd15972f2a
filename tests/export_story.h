// export_story.h - a day in which everything happens that exports show
//
// Two processes, threads that hand locks, signals, items and bytes on, a
// coroutine, nested calls, marks, names that mean harm, and a deadlock at the
// end. Times are since the beginning, so that all files are always the same.
//
// Interface: export_story, export_nonsense.
// Threads: one. Ownership: as in trace_story.h.
#ifndef TELAR_EXPORT_STORY_H
#define TELAR_EXPORT_STORY_H

#include "tests/trace_story.h"

static const char hostile_name[] = "</text>\"]}',\n\t\x1b[31m\xff\xc0\xaf&\\";

struct export_cast {
    struct writer writer;
    struct writer_task *main, *ana, *bruno, *child;
    uint64_t time; // since the beginning
};

// A quarter of a microsecond later, task does that.
static inline void export_says(struct export_cast *cast,
                               struct writer_task *task, uint16_t kind,
                               uint64_t object, uint64_t value)
{
    cast->time += 250;
    writer_event_at(task, cast->writer.header->start + cast->time,
                    writer_name(&cast->writer, "day.c:7"), kind, object, value);
}

static inline uint32_t export_name(struct export_cast *cast, const char *name)
{
    return writer_name(&cast->writer, name);
}

static inline struct writer_task *export_joins(struct export_cast *cast,
                                               const char *name,
                                               uint32_t parent, uint32_t pid,
                                               uint32_t tid)
{
    cast->time += 250;
    return writer_task_begin_at(&cast->writer,
                                cast->writer.header->start + cast->time, name,
                                parent, pid, tid);
}

static inline void export_beginnings(struct export_cast *c)
{
    c->main = export_joins(c, "day", 0, 100, 100);
    export_says(c, c->main, TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    export_says(c, c->main, TRACE_CPU_RUN, 0, 0);
    export_says(c, c->main, TRACE_THREAD_CREATE, 101, 0);
    c->ana = export_joins(c, "ana", c->main->task, 100, 101);
    c->bruno = export_joins(c, "bruno", c->main->task, 100, 102);
    export_says(c, c->main, TRACE_THREAD_CREATE, 102, 0);
    export_says(c, c->main, TRACE_FORK, 200, 0);
    c->child = export_joins(c, hostile_name, c->main->task, 200, 200);
    export_says(c, c->ana, TRACE_CPU_RUN, 1, 0);
    export_says(c, c->bruno, TRACE_CPU_WAKE, 0, 0);
    export_says(c, c->child, TRACE_CPU_RUN, 1, 0);
}

// bruno asks while ana has it; she waits for a signal, he signals.
static inline void export_locks(struct export_cast *c)
{
    export_says(c, c->ana, TRACE_OBJECT_NAME, 0x10, export_name(c, "m1"));
    export_says(c, c->ana, TRACE_LOCK_ACQUIRE, 0x10, 0);
    export_says(c, c->bruno, TRACE_CPU_RUN, 1, 0);
    export_says(c, c->bruno, TRACE_LOCK_REQUEST, 0x10, 0);
    export_says(c, c->bruno, TRACE_CPU_BLOCK, 1, 0);
    c->time += 2000;
    export_says(c, c->ana, TRACE_COND_WAIT, 0x20, 0x10);
    export_says(c, c->ana, TRACE_CPU_BLOCK, 1, 0);
    export_says(c, c->bruno, TRACE_CPU_RUN, 1, 0);
    export_says(c, c->bruno, TRACE_LOCK_ACQUIRE, 0x10, 0);
    c->time += 1500;
    export_says(c, c->bruno, TRACE_COND_SIGNAL, 0x20, 0);
    export_says(c, c->bruno, TRACE_LOCK_RELEASE, 0x10, 0);
    export_says(c, c->ana, TRACE_CPU_RUN, 0, 0);
    export_says(c, c->ana, TRACE_COND_WAKE, 0x20, 0x10);
    export_says(c, c->ana, TRACE_LOCK_RELEASE, 0x10, 0);
    export_says(c, c->ana, TRACE_SEM_INIT, 0x30, 0);
    export_says(c, c->ana, TRACE_SEM_REQUEST, 0x30, 0);
    export_says(c, c->ana, TRACE_CPU_BLOCK, 0, 0);
    c->time += 1000;
    export_says(c, c->bruno, TRACE_SEM_POST, 0x30, 0);
    export_says(c, c->ana, TRACE_CPU_RUN, 0, 0);
    export_says(c, c->ana, TRACE_SEM_ACQUIRE, 0x30, 0);
    export_says(c, c->ana, TRACE_BARRIER_WAIT, 0x40, 0);
    export_says(c, c->ana, TRACE_CPU_BLOCK, 0, 0);
    export_says(c, c->bruno, TRACE_BARRIER_WAIT, 0x40, 0);
    export_says(c, c->bruno, TRACE_BARRIER_LEAVE, 0x40, 0);
    export_says(c, c->ana, TRACE_CPU_RUN, 0, 0);
    export_says(c, c->ana, TRACE_BARRIER_LEAVE, 0x40, 0);
}

// Two writes are read by one read; an item goes through a queue.
static inline void export_flows(struct export_cast *c)
{
    export_says(c, c->main, TRACE_PIPE_CREATE, 77, 65536);
    export_says(c, c->child, TRACE_PIPE_READ_REQUEST, 77, 100);
    export_says(c, c->child, TRACE_CPU_BLOCK, 1, 0);
    c->time += 1000;
    export_says(c, c->main, TRACE_PIPE_WRITE, 77, TRACE_FLOW_OF(10, 10));
    export_says(c, c->main, TRACE_PIPE_WRITE, 77, TRACE_FLOW_OF(20, 30));
    export_says(c, c->child, TRACE_CPU_RUN, 1, 0);
    export_says(c, c->child, TRACE_PIPE_READ, 77, TRACE_FLOW_OF(25, 5));
    export_says(c, c->child, TRACE_PIPE_READ, 77, TRACE_FLOW_OF(5, 0));
    export_says(c, c->main, TRACE_QUEUE_CREATE, 0x50, 4);
    export_says(c, c->main, TRACE_PUT, 0x50, 0xa);
    export_says(c, c->main, TRACE_PUT, 0x50, 0xb);
    export_says(c, c->ana, TRACE_GET, 0x50, 0xa);
    export_says(c, c->bruno, TRACE_GET, 0x50, 0xb);
    export_says(c, c->bruno, TRACE_ALLOC, 0xbeef, 4096);
    export_says(c, c->bruno, TRACE_FREE, 0xbeef, 4096);
    export_says(c, c->main, TRACE_COUNTER, export_name(c, "parts"), 12);
}

// A call in a call, one that never comes back, and a coroutine that moves.
static inline void export_calls(struct export_cast *c)
{
    uint32_t io = export_name(c, "io"), get = export_name(c, "get \"x\"");

    export_says(c, c->child, TRACE_CALL_BEGIN, get, io);
    export_says(c, c->child, TRACE_CALL_BEGIN, io, io);
    export_says(c, c->child, TRACE_OUTPUT, 1, 12);
    export_says(c, c->child, TRACE_CALL_END, io, (uint64_t)-1);
    export_says(c, c->child, TRACE_CALL_BEGIN, io, io);
    export_says(c, c->child, TRACE_CALL_END, get, 3);
    export_says(c, c->child, TRACE_CALL_END, get, 3);
    export_says(c, c->child, TRACE_CALL_BEGIN, get, io);
    export_says(c, c->main, TRACE_CO_CREATE, 0x60, export_name(c, "co"));
    export_says(c, c->main, TRACE_CO_RUN, 0x60, 0);
    export_says(c, c->ana, TRACE_CO_RUN, 0x60, 0);
    export_says(c, c->ana, TRACE_CO_RUN, 0, 0);
    export_says(c, c->main, TRACE_MARK, export_name(c, hostile_name), 5);
    export_says(c, c->main, TRACE_SLEEP_BEGIN, 0, 3000);
    export_says(c, c->main, TRACE_CPU_BLOCK, 0, 0);
    c->time += 3000;
    export_says(c, c->main, TRACE_CPU_RUN, 0, 0);
    export_says(c, c->main, TRACE_SLEEP_END, 0, 0);
    export_says(c, c->child, TRACE_TASK_EXIT, 0, 0);
}

static inline void export_deadlock(struct export_cast *c)
{
    export_says(c, c->ana, TRACE_LOCK_ACQUIRE, 0x10, 0);
    export_says(c, c->bruno, TRACE_LOCK_ACQUIRE, 0x11, 0);
    export_says(c, c->ana, TRACE_LOCK_REQUEST, 0x11, 0);
    export_says(c, c->ana, TRACE_CPU_BLOCK, 1, 0);
    export_says(c, c->bruno, TRACE_LOCK_REQUEST, 0x10, 0);
    export_says(c, c->bruno, TRACE_CPU_BLOCK, 1, 0);
    c->time += 8000;
    export_says(c, c->main, TRACE_JOIN_REQUEST, 101, 0);
    export_says(c, c->main, TRACE_CPU_BLOCK, 1, 0);
}

static inline void export_story(const char *path)
{
    const struct writer_options options = {.chunk_bytes = 1024,
                                           .chunk_count = 20,
                                           .task_count = 16,
                                           .name_count = 64,
                                           .text_bytes = 1024};
    struct export_cast cast = {.time = 0};

    ck_assert_int_eq(writer_create(&cast.writer, path, &options), 0);
    export_beginnings(&cast);
    export_locks(&cast);
    export_flows(&cast);
    export_calls(&cast);
    export_deadlock(&cast);
    writer_close(&cast.writer);
}

static inline uint32_t export_dice(uint32_t sides)
{
    static uint64_t state = 1;

    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % sides;
}

// Events of all kinds in no sensible order, several at a time.
static inline void export_nonsense(const char *path, int events)
{
    const struct writer_options options = {.clock = TRACE_STEPS,
                                           .chunk_bytes = 4096,
                                           .chunk_count = 256,
                                           .task_count = 16,
                                           .name_count = 64,
                                           .text_bytes = 4096};
    struct writer writer;
    struct writer_task *tasks[8];

    ck_assert_int_eq(writer_create(&writer, path, &options), 0);
    for (uint32_t i = 0; i < 8; i++)
        tasks[i] =
            writer_task_begin(&writer, i % 3 ? "t" : hostile_name,
                              i ? tasks[0]->task : 0, 1 + i / 3, 1 + i % 6);
    for (int i = 0; i < events; i++) {
        uint16_t kind = (uint16_t)(1 + export_dice(150));
        const struct trace_kind *what = trace_kind_of(kind);
        uint64_t known = writer_name(&writer, export_dice(2) ? "n" : "</a>");

        if (kind == TRACE_TASK_EXIT && export_dice(50) != 0)
            continue;
        writer.step += export_dice(3) == 0;
        writer_event(tasks[export_dice(8)], kind,
                     what->object == TRACE_NAME ? known : export_dice(6),
                     what->value == TRACE_NAME ? known
                     : export_dice(4)          ? export_dice(5)
                                               : export_dice(1 << 30));
    }
    writer_close(&writer);
}

#endif
