// clock.h - sets of tasks, and vector clocks: what happened before what
//
// Interface: taskset, set_of, set_first, set_has; struct clock, clock_join,
// clock_copy, clock_clear, clock_covers.
// Threads: none. Ownership: plain values.
// Source: Fidge 1988; Mattern 1989. Entry t of the clock of an event is how
// many events of task t happened before it, itself included.
#ifndef TELAR_CLOCK_H
#define TELAR_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// The engine is built twice: for few tasks and fast, for many and slower.
#ifndef TASK_LIMIT
#define TASK_LIMIT 32
#endif
#if TASK_LIMIT > 32
typedef unsigned __int128 taskset;
#else
typedef uint32_t taskset;
#endif

static inline taskset set_of(int task)
{
    return (taskset)1 << task;
}

static inline bool set_has(taskset set, int task)
{
    return set >> task & 1;
}

// The lowest task of a set that is not empty.
static inline int set_first(taskset set)
{
#if TASK_LIMIT > 32
    if (!(uint64_t)set)
        return 64 + __builtin_ctzll((uint64_t)(set >> 64));
#endif
    return __builtin_ctzll((uint64_t)set);
}

struct clock {
    uint32_t of[TASK_LIMIT];
};

// No task of any execution so far had a higher number; a multiple of 4.
extern int clock_width;

static inline void clock_join(struct clock *into, const struct clock *other)
{
    for (int t = 0; t < clock_width; t++)
        if (other->of[t] > into->of[t])
            into->of[t] = other->of[t];
}

static inline void clock_copy(struct clock *to, const struct clock *from)
{
    for (int t = 0; t < clock_width; t++)
        to->of[t] = from->of[t];
}

static inline void clock_clear(struct clock *clock)
{
    memset(clock, 0, sizeof *clock);
}

// Had event number count of task happened before this clock?
static inline bool clock_covers(const struct clock *clock, int task,
                                uint32_t count)
{
    return clock->of[task] >= count;
}

#endif
