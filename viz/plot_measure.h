// plot_measure.h - the program of a chart runs and says what it measured
//
// Interface: plot_measure.
// Threads: one. Ownership: the caller frees rows and facts.
#ifndef TELAR_PLOT_MEASURE_H
#define TELAR_PLOT_MEASURE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct measurement {
    char *rows; // its standard output
    size_t rows_bytes;
    char *facts; // lines "fact NAME VALUE"
};

struct measuring {
    const char *lesson;  // "03_buffers"
    const char *command; // "PROG ARG..."; 'quotes' keep words together
    const char *folder;  // to run in
    int timeout_s;
    const volatile sig_atomic_t *stop; // as in run.h
};

// Runs it, with signs of life on standard error. Blocks. Returns false with
// one sentence in error ("" when it was stopped); nothing is to be freed then.
bool plot_measure(const struct measuring *measuring,
                  struct measurement *measurement, char *error,
                  size_t error_size);

#endif
