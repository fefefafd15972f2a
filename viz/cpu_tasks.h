// cpu_tasks.h - which task had each CPU, over the window of time
//
// Interface: cpu_tasks.
// Threads: one. Ownership: what was found is kept for the next frame; it holds
// until cpu_tasks is asked again.
#ifndef TELAR_CPU_TASKS_H
#define TELAR_CPU_TASKS_H

#include "viz/axis.h"

// For each column of the axis the task that had that CPU (its place in
// lanes.cpus) in the column's middle; 0: none. NULL: memory is short.
const uint32_t *cpu_tasks(const struct axis *axis, size_t cpu);

#endif
