// strategy.h - choosing at random, in ways known to find failures
//
// Interface: strategy_begin, strategy_choose, strategy_alternative,
// strategy_took.
// Threads: none. Ownership: none. The seed is loom.seed.
//
// Sources. random: each that could run is as likely. walk: in proportion to
// what each still has to do, as the executions before tell; about uniform over
// schedules (Zhao, Wolff, Mathur and Roychoudhury, "Selectively Uniform
// Concurrency Testing", ASPLOS 2025, section 3). pct: Burckhardt, Kothari,
// Musuvathi and Nagarakatte, "A Randomized Scheduler with Probabilistic
// Guarantees of Finding Bugs", ASPLOS 2010, section 3. pos: Yuan, Yang and Gu,
// "Partial Order Aware Concurrency Sampling", CAV 2018, section 3.
#ifndef TELAR_STRATEGY_H
#define TELAR_STRATEGY_H

#include "tools/explorer/engine/search.h"

// Before each execution.
void strategy_begin(void);

// Which of enabled goes on.
int strategy_choose(taskset enabled);

// One of count ways.
uint8_t strategy_alternative(int count);

// The task does op now.
void strategy_took(int task, const struct op *op);

#endif
