// statistics.h - what a stretch of the trace comes to, task by task and object
// by object
//
// Interface: enum statistics_order, struct task_figures, struct object_figures,
// struct statistics, statistics_of, statistics_free.
// Threads: one. Ownership: statistics own their memory.
#ifndef TELAR_STATISTICS_H
#define TELAR_STATISTICS_H

#include "viz/stage.h"

enum statistics_order {
    ORDER_TASK, // as they began
    ORDER_NAME,
    ORDER_RUNS, // those first that ran longest, and so on
    ORDER_READY,
    ORDER_BLOCKED,
    STATISTICS_ORDERS
};

struct task_figures { // also of all tasks together: task 0
    uint32_t task;
    uint64_t shares[MODEL_DOINGS]; // time
    uint64_t lived;                // all of them, but before and after its life
    uint64_t runs, moves; // how often it got a CPU; and another one than before
    uint64_t longest;     // wait, as far as it lies in the stretch
    uint32_t awaited;     // its target (waits.h) + 1; 0: it did not wait
};

struct object_figures {
    uint32_t target;       // as in waits.h
    uint64_t acquisitions; // how often it was had: lock, semaphore, item...
    uint64_t waits, longest, total; // of those who had to wait for it
};

struct statistics {
    uint64_t from, to;
    struct task_figures *tasks, all;
    size_t task_count;
    struct object_figures *objects; // that with the longest waits in all first
    size_t object_count;
    uint64_t lost;       // events, of the whole trace
    bool switches_known; // who was on a CPU when is in the trace
};

// Of the tasks that stage shows. Returns false when memory is short, with
// nothing left to free.
bool statistics_of(const struct stage *stage, uint64_t from, uint64_t to,
                   enum statistics_order order, struct statistics *statistics);
void statistics_free(struct statistics *statistics);

#endif
