// ending.h - how a worker came to its end, told to the student
//
// Interface: ending_tell, ending_system_call.
// Threads: no shared state. Ownership: the caller frees what is returned.
#ifndef TELAR_ENDING_H
#define TELAR_ENDING_H

#include <sys/types.h>

#include "tools/grader/suite.h"

enum {
    ENDING_REPORT = 86,  // exit status of a worker after a sanitizer's report
    ENDING_CLOSED = 111, // of a worker whose own descriptors were closed
    ENDING_NULL = 113,   // of a worker whose bytes to give are at NULL
};

struct ending {
    const char *operation; // what it was asked for; "": nothing yet; NULL: to
                           // return from main
    enum outcome outcome;  // any but ANSWERED
    int code;              // exit status or signal
    const char *said;      // what it printed on standard error
    const char *waits_in;  // LATE: the system call it waits in, or NULL
    int seconds;           // LATE: after how many
};

// What happened, in one or two sentences, and the lines of a sanitizer's report
// that speak of the student's files (all below a folder "labs").
char *ending_tell(const struct ending *ending);

// The name of the system call in which pid waits, or NULL when it is running or
// nobody knows.
const char *ending_system_call(pid_t pid);

#endif
