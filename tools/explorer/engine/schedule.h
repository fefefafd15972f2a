// schedule.h - who could run, and going over to it
//
// Interface: plain_possible, task_possible, op_alternatives, op_possible,
// schedule_switch, schedule_free; schedule_begin,
// schedule_end_segment, steps_left, STEP_BUDGET.
// Threads: none. Ownership: none.
#ifndef TELAR_SCHEDULE_H
#define TELAR_SCHEDULE_H

#include "tools/explorer/engine/engine.h"

// A PLAIN op can go on.
bool plain_possible(const struct op *op);

// The task can: its op, of any class, and it is not parked.
bool task_possible(struct task *task);

// The alternatives of a task's pending op, 0 when it is blocked.
int op_alternatives(const struct task *task, uint8_t *alternatives);

// Could an op of that kind go on, were the object so, and so much of the budget
// left?
bool op_possible(const struct op *op, const struct object_state *state,
                 const struct budget *left);

// From the task that runs to next. Returns when somebody switches back.
void schedule_switch(int next);

// Behind the end of a schedule: nobody is preempted.
void schedule_free(void);

// Counts down while the program takes steps of schedules (protocol.h), from
// STEP_BUDGET at the beginning of an execution.
enum { STEP_BUDGET = 20 * 1000 * 1000 };
extern int64_t steps_left;
void schedule_begin(void);

// The steps taken since are written down; the latest chose that alternative.
void schedule_end_segment(uint8_t chose);

#endif
