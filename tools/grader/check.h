// check.h - labs graded and told, as one command does it
//
// Interface: check_labs.
// Threads: one. Ownership: the plan is only read.
#ifndef TELAR_CHECK_H
#define TELAR_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct check_plan {
    char *const *labs; // folder names
    size_t lab_count;
    const char *from;   // "labs": the student's own, the results are kept
    const char *only;   // one promise, or NULL
    const char *output; // a file, or NULL: standard output
    bool json;
    uint64_t seed;
};

// Grades the labs one after the other and writes the results. Returns the exit
// status: 0 all points, 1 judged and wanting, 2 could not, 130 interrupted.
int check_labs(const struct check_plan *plan);

#endif
