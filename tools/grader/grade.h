// grade.h - from a student's folder to a result
//
// Interface: grade_lab.
// Threads: one. Ownership: the caller frees the result, before the brief.
#ifndef TELAR_GRADE_H
#define TELAR_GRADE_H

#include "tools/grader/result.h"

// Compiles what lies in from/NN_topic and lets the lab's suite try it (only one
// promise when only is not NULL), within the scratch folder. from is the
// folder above NN_topic as the student names it. Blocks until there is a
// result; there always is one.
struct result *grade_lab(const struct brief *brief, const char *from,
                         const char *only, uint64_t seed, const char *scratch);

#endif
