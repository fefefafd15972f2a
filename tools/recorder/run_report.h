// run_report.h - what a person reads when the program has ended
//
// Interface: run_report_print.
// Threads: one at a time. Ownership: the caller's structs.
#ifndef TELAR_RUN_REPORT_H
#define TELAR_RUN_REPORT_H

#include "tools/recorder/find_program.h"
#include "tools/recorder/supervise.h"
#include "tools/recorder/trace_place.h"

struct run_report {
    const struct trace_place *place;
    const struct program *program;
    const struct supervised *result;
    bool calls;           // with the table of system calls
    const char *no_calls; // why they could not be seen, or NULL
    bool is_io_alone;     // of reads and writes only what passes the library
};

// Reads the trace and prints on standard error, each line after "telar: ", in
// the language of message.h. Takes as long as reading the trace does.
void run_report_print(const struct run_report *report);

#endif
