// faults.h - calls of the student's code that fail when the suite wants it
//
// Interface: faults_begin, faults_set, faults_end, faults_count, faults_name.
// Threads: the calls are counted with atomic additions; begin, set and end are
// the main thread's. Ownership: nothing is handed over.
//
// In the build FAULTS, the student's objects have read() renamed to
// fault_read(), and so on; those functions are here. They count the call and
// fail it, or make it. The counts lie in memory shared with the processes that
// the student's code forks.
#ifndef TELAR_FAULTS_H
#define TELAR_FAULTS_H

#include <stddef.h>

void faults_begin(void); // all counts 0, no fault set

// The nth call and the following, `times` of them (0: all), fail with error;
// where most_bytes is not 0, none of them moves more bytes than that. Returns
// -1 when there is no such call.
int faults_set(const char *call, long nth, long times, int error,
               size_t most_bytes);

void faults_end(void); // no fault set; the counts stay

// The name of the index-th call that can be made to fail, NULL behind the last,
// and how often it was called since faults_begin.
const char *faults_name(int index);
long faults_count(int index);

#endif
