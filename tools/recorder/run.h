// run.h - runs a program for real and keeps what it wrote, in order
//
// The order is recorded where it is made: each write() of the program and of
// all its descendants is held by the kernel until the one before it has
// arrived (watch.h). This costs 10 to 30 microseconds a write, to wherever it
// goes, and more on a terminal or a busy machine (make bench): a program that
// measures its own writes or pipes is better run unordered.
//
// Interface: run_program, run_free, run_stdio_named.
// Threads: one run at a time a process. Ownership: the result owns all its
// memory; run_free gives it back.
#ifndef TELAR_RUN_H
#define TELAR_RUN_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Where the program's standard output and standard error lead: two pipes, one
// terminal of 80 x 24 (bytes unchanged, not the controlling one), or two files
// (without a name; what grows at their ends is kept).
enum run_stdio { RUN_PIPE, RUN_TTY, RUN_FILE };

struct run_spec {
    char *const *argv;     // argv[0]: path of the program from here, or a name
                           // without '/' to be looked for in PATH
    const char *directory; // to run in, or NULL: the current one
    const char *input;     // text for standard input, or NULL: /dev/null
    const char *trace;     // path of the trace to write, or NULL: none kept
    enum run_stdio stdio;
    bool unordered;     // do not record the order, and cost nothing
    bool records;       // into the trace: scheduling and library calls as well
    int timeout_ms;     // wall-clock; then the whole family is killed; 0: never
    size_t limit_bytes; // of output kept; what is more is counted
    const volatile sig_atomic_t *stop; // or NULL. As soon as it is not 0 (a
                                       // signal handler set it) all are killed
};

// Bytes that one write put on one stream. Neighbours are in the order in which
// they were written as long as order_known.
struct run_piece {
    int stream;       // 1 standard output, 2 standard error
    bool order_known; // that it stands rightly after the piece before it
    uint64_t time_ns; // CLOCK_MONOTONIC just before the write; 0: not known
    int pid, tid;     // who wrote; 0: not known
    unsigned writes;  // 1; 0: not known; more: there were too many to keep
                      // each apart
    size_t offset, size_bytes; // in run_result.bytes
};

struct run_result {
    int exit_status;     // -1 when ended by a signal
    int signal;          // 0 when it exited
    bool timed_out;      // the program itself, not what it left behind
    bool stopped;        // by spec->stop
    uint64_t lost_bytes; // written beyond limit_bytes, or for want of memory
    char *bytes;         // of all pieces, and a NUL
    size_t size_bytes;   // of all pieces
    struct run_piece *pieces;
    size_t piece_count;
    char *facts; // what came through TELAR_FACTS_FD (64 KiB at most), text, NUL
                 // at its end
    bool order_recorded; // false: it was not asked for, TELAR_NO_WRITE_ORDER is
                         // set, or this machine could not record the writes;
                         // all of stdout then stands before all of stderr
};

// Runs spec and waits until the program and every process it left behind are
// gone (what outlives it for a second is killed). If the caller dies they are
// killed as well. Blocks; signals of the caller are handled meanwhile. Returns
// false, with a sentence for the user in error (error_size bytes, the language
// of message.h), when the program could not be started; *result is then empty.
//
// The program has a session of its own, default signals, TELAR_FACTS_FD, and
// of our descriptors only 0, 1 and 2. It cannot gain privileges (sudo), and
// io_uring does not exist for it.
bool run_program(const struct run_spec *spec, struct run_result *result,
                 char *error, size_t error_size);

void run_free(struct run_result *result);

// "tty", "pipe" or "file"; false for any other name.
bool run_stdio_named(const char *name, enum run_stdio *stdio);

#endif
