// inside.h - what telar-run tells the library inside a program, and how
//
// The library (tools/recorder/inside/, build/lib/libtelar-record.so) is loaded
// into every dynamically linked program of the family by LD_PRELOAD. It joins
// the trace, writes the events of its own threads and passes these variables on
// to whatever is executed from there.
//
// Interface: the names of three variables, RECORD_CATEGORIES,
// RECORD_NO_OUTPUT, RECORD_FILTERS, RECORD_FILTERS_OF, RECORD_UNSEEN_LOADING.
// Threads: only constants. Ownership: none.
#ifndef TELAR_INSIDE_H
#define TELAR_INSIDE_H

#define RECORD_LIBRARY "libtelar-record.so"      // in build/lib
#define RECORD_TRACE_VARIABLE "TELAR_RECORD"     // absolute path of the trace
#define RECORD_WHAT_VARIABLE "TELAR_RECORD_WHAT" // sum of enum record_what

//    bit, NAME, word on the command line
#define RECORD_CATEGORIES(X)                                                   \
    X(0, THREADS, "threads") /* create, begin, join, end */                    \
    X(1, SYNC, "sync")       /* mutex, rwlock, cond, barrier, semaphore */     \
    X(2, PROCESS, "process") /* fork, exec, spawn, wait, exit */               \
    X(3, IO, "io")           /* pipes and files: read, write, poll... */       \
    X(4, SLEEP, "sleep")     /* sleeps and yields */                           \
    X(5, MEMORY, "memory")   /* malloc family */                               \
    X(6, CALLS, "calls")     /* every system call, by the kernel's dispatch */

// Besides: what goes to descriptors 1 and 2 is not said as OUTPUT, because it
// is from outside, with what stdio writes by itself.
#define RECORD_NO_OUTPUT (1u << 16)

// And under how many seccomp filters telar-run is: where there are more, the
// library makes no call that a filter may not know.
#define RECORD_FILTERS(count) ((count) << 17)
#define RECORD_FILTERS_OF(what) ((what) >> 17)

// Of a program whose first calls nobody has seen.
#define RECORD_UNSEEN_LOADING "the loader's calls are unseen"

#define RECORD_ENUM(bit, name, word) RECORD_##name = 1 << (bit),
enum record_what { RECORD_CATEGORIES(RECORD_ENUM) };
#undef RECORD_ENUM

#endif
