// report.h - the lines of protocol.h, written
//
// Interface: report_line, report_text, report_flush; report_note,
// report_output, report_step, report_fails, report_wait, report_settle.
// Threads: none. Ownership: none. Blocking: while the driver does not read.
#ifndef TELAR_REPORT_H
#define TELAR_REPORT_H

#include "tools/explorer/engine/engine.h"

// Fields with tabs between them; %s must be free of tabs and newlines.
void report_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The same, with text as its last field, made printable.
void report_text(const char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

// Before anything else happens to the process.
void report_flush(void);

// ---- Of a replay; silent otherwise ------------------------------------------

// Operations that are only told: CREATE, SLEEP, YIELD, ALLOCATE, FREE.
void report_note(enum op_kind op, uintptr_t address, size_t size,
                 const void *pc);

// The program wrote size bytes of text to descriptor 1 or 2.
void report_output(int fd, const char *text, size_t size);

// The task that runs does op now, with the alternative that it was granted.
void report_step(const struct op *op);

// What it tries has not succeeded.
void report_fails(void);

// The task that runs has come to an operation that it cannot do now.
void report_wait(void);

// A step told earlier has taken effect by now: its value can be read.
void report_settle(void);

#endif
