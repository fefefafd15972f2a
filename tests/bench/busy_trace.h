// busy_trace.h - a made-up trace for measurements: fifty workers, their turns
// on the CPU, eight locks, a pipe that fills
//
// Interface: busy_trace_make.
// Threads: one. Ends the program where it cannot write.
#ifndef TELAR_BUSY_TRACE_H
#define TELAR_BUSY_TRACE_H

#include <stdio.h>
#include <stdlib.h>

#include "tools/trace/writer.h"

enum { BUSY_TASKS = 50 };

static inline uint32_t busy_trace_dice(uint32_t sides)
{
    static uint64_t state = 1;

    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % sides;
}

static inline void busy_trace_round(struct writer_task *task, uint64_t *time)
{
    static const uint16_t kinds[] = {TRACE_CPU_RUN,      TRACE_LOCK_REQUEST,
                                     TRACE_CPU_BLOCK,    TRACE_CPU_RUN,
                                     TRACE_LOCK_ACQUIRE, TRACE_PIPE_WRITE,
                                     TRACE_LOCK_RELEASE, TRACE_CPU_PREEMPT};
    uint64_t lock = 1 + busy_trace_dice(8);

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool is_lock = trace_kind_of(kinds[i])->object == TRACE_LOCK;
        bool is_flow = kinds[i] == TRACE_PIPE_WRITE;

        *time += 100 + busy_trace_dice(2000);
        writer_event_at(task, *time, 0, kinds[i],
                        is_lock   ? lock
                        : is_flow ? 77
                                  : busy_trace_dice(2),
                        is_flow ? TRACE_FLOW_OF(1, busy_trace_dice(65536)) : 0);
    }
}

// About so many events, at path.
static inline void busy_trace_make(const char *path, size_t events)
{
    const struct writer_options options = {
        .chunk_count = (uint32_t)(events / 100 + 4 * BUSY_TASKS)};
    struct writer writer;
    struct writer_task *tasks[BUSY_TASKS];
    uint64_t time;
    char name[20];

    if (writer_create(&writer, path, &options) != 0)
        exit(2);
    for (int i = 0; i < BUSY_TASKS; i++) {
        snprintf(name, sizeof name, "worker %d", i);
        tasks[i] = writer_task_begin(&writer, name, 0, 1, (uint32_t)i + 1);
    }
    writer_event(tasks[0], TRACE_SCHEDULING, TRACE_SOURCE_PERF, 0);
    time = writer_now();
    for (size_t i = 0; i < events / 8; i++)
        busy_trace_round(tasks[busy_trace_dice(BUSY_TASKS)], &time);
    writer_close(&writer);
}

#endif
