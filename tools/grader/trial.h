// trial.h - the promise that is being tried, as the files of a suite share it
//
// Interface: trial, trial_left_ms, trial_verdict, workers_end_all.
// Threads: one. Ownership: all of it is the suite's, for the whole process.
//
// Internal to the grader; suites include suite.h.
#ifndef TELAR_TRIAL_H
#define TELAR_TRIAL_H

#include <stdint.h>
#include <sys/types.h>

#include "tools/grader/suite.h"

struct trial {
    const struct lab *lab;
    const struct promise *promise;
    const char *lab_name; // "02_pipes"
    const char *from;     // the folder that is graded, as the user named it
    const char *scratch;  // where the workers' programs are
    uid_t uid;            // of the workers; 0: ours
    uint64_t seed;
    int64_t ends_ms; // on CLOCK_MONOTONIC
    int records_fd;
};
extern struct trial trial;

int64_t trial_now_ms(void);

// Milliseconds until the promise has had its time, at least 0.
int64_t trial_left_ms(void);

// Records the verdict ("broken", "unjudged") and ends the test.
_Noreturn void trial_verdict(const char *verdict, const char *message);

// Ends the workers of the test and forgets them.
void workers_end_all(void);

#endif
