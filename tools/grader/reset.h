// reset.h - the starter back, the student's file kept beside it
//
// Interface: reset_lab.
// Threads: one. Ownership: the brief is only read.
#ifndef TELAR_RESET_H
#define TELAR_RESET_H

#include "tools/grader/brief.h"

// Puts the starter of each file of the lab into labs/NN_topic. What the student
// has there stays as FILE.mine-N, with the first free N; not one byte is lost,
// and at each moment the student's file is there under one name or the other.
// Returns the exit status, after saying what was done.
int reset_lab(const struct brief *brief);

#endif
