// confine.h - what a process gives up before a stranger's code runs in it
//
// Interface: confine_worker.
// Threads: called between fork and exec, by one thread. Ownership: nothing is
// handed over.
#ifndef TELAR_CONFINE_H
#define TELAR_CONFINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "tools/grader/box.h"

// Gives up, in this process and for good, what the plan does not leave it: its
// session, addresses, resources, privileges and, where there is a namespace,
// the sight of the course; uid 0: it keeps its user. Returns NULL, or, with
// errno, the name of the step that failed: run nothing then.
//
// This is the place of the jail: Landlock (files), seccomp (system calls) come
// last, after the steps that need the privileges they take away.
const char *confine_worker(const struct box_plan *plan, uid_t uid,
                           bool new_pids);

#endif
