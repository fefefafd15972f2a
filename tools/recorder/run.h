// run.h - runs a program for real and keeps what it wrote, in order
//
// Interface: run_program, run_free, run_stdio_named.
// Threads: one run at a time a process. Ownership: the result owns all its
// memory; run_free gives it back.
#ifndef TELAR_RUN_H
#define TELAR_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Where the program's standard output and standard error lead.
enum run_stdio { RUN_PIPE, RUN_TTY, RUN_FILE };

struct run_spec {
    char *const *argv;      // argv[0] is the path of the program
    const char *directory;  // to run in, or NULL: the current one
    const char *input;      // text for standard input, or NULL: /dev/null
    const char *trace;      // path of the trace to write, or NULL: none kept
    enum run_stdio stdio;
    int timeout_ms;         // wall-clock; then the whole family is killed
    size_t limit_bytes;     // of output kept; what is more is counted
};

// Bytes that one write put on one stream. Neighbours are in the order in which
// they were written as long as order_known.
struct run_piece {
    int stream; // 1 standard output, 2 standard error
    bool order_known;
    uint64_t time_ns; // CLOCK_MONOTONIC of the write; 0: not known
    int pid;          // who wrote; 0: not known
    size_t offset, size_bytes; // in run_result.bytes
};

struct run_result {
    int exit_status; // -1 when ended by a signal
    int signal;      // 0 when it exited
    bool timed_out;
    uint64_t lost_bytes; // written beyond limit_bytes
    char *bytes;         // of all pieces
    struct run_piece *pieces;
    size_t piece_count;
    char *facts; // what came through TELAR_FACTS_FD, text, NUL at its end
    bool order_recorded; // false: this machine could not record the writes;
                         // all of stdout then stands before all of stderr
};

// Runs spec and waits until the program and every process it left behind are
// gone (what outlives it for a second is killed). Blocks. Returns false, with
// a sentence for the user in error (error_size bytes, the language of
// message.h), when the program could not be started; *result is then empty.
bool run_program(const struct run_spec *spec, struct run_result *result,
                 char *error, size_t error_size);

void run_free(struct run_result *result);

// "tty", "pipe" or "file"; false for any other name.
bool run_stdio_named(const char *name, enum run_stdio *stdio);

#endif
