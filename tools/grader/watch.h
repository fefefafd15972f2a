// watch.h - labs graded again whenever a file of theirs is saved
//
// Interface: watch_labs.
// Threads: one. Ownership: the plan is only read.
#ifndef TELAR_WATCH_H
#define TELAR_WATCH_H

#include "tools/grader/check.h"

// Grades the plan's labs, then each one again when a file in its folder
// changes. Looks at the files three times a second, which works on mounts where
// the kernel tells nobody of changes. Blocks until Ctrl-C or SIGTERM; returns
// 0.
int watch_labs(const struct check_plan *plan);

#endif
