// places.h - in which order tasks are shown, and the sign of each
//
// Tasks of a process stand together, processes in the order in which they
// began. Where there are more tasks than a small screen has rows (a pyenv
// python3 is forty processes that are over at once) those come first that
// matter: the process whose threads pass a baton, and the one that ran much
// longer than any other.
//
// Interface: places_build, places_task, places_sign, places_digit.
// Threads: one. Ownership: the caller frees what places_build returns.
#ifndef TELAR_PLACES_H
#define TELAR_PLACES_H

#include "viz/stage.h"

enum { PLACES_CROWD = 16, PLACES_SIGNS = 61 };

// The tasks by place, lanes.count - 1 of them. NULL: memory is short; then they
// stand in the order in which they began.
uint32_t *places_build(const struct stage *stage);

// The task in place i, from 0.
uint32_t places_task(const struct stage *stage, uint32_t i);

// One letter for a task, where there is no room for its name: "2" for the
// second one of the trace, then a, b... Where there are more tasks than that:
// by place, and '+' for the many behind.
uint32_t places_sign(const struct stage *stage, uint32_t task);

// The sign of a number from 1 on.
uint32_t places_digit(uint32_t number);

#endif
