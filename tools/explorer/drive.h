// drive.h - runs a program with the engine inside and hears what it says
//
// Interface: struct drive, drive_run, drive_take.
// Threads: one run at a time a thread. Ownership: nothing is handed over; the
// fields of a line live until the callback returns.
#ifndef TELAR_DRIVE_H
#define TELAR_DRIVE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

struct drive {
    const char *program;    // build.program
    char *const *arguments; // of the program, NULL behind the last; or NULL
    const char *request;    // the words of protocol.h: "mode=search max=1000"
    double seconds;         // wall-clock; then it is killed. 0: no limit
    const volatile sig_atomic_t *stop; // or NULL. Not 0: kill it now
};

// How it ended.
enum drive_end {
    DRIVE_DONE,    // it said "end" and exited with 0
    DRIVE_STOPPED, // by *stop
    DRIVE_LATE,    // its seconds were over
    DRIVE_BROKEN   // error says how
};

// Told of each line, split at tabs, the escapes of its fields undone: fields[0]
// is its first word. Returns false when it makes no sense of it.
typedef bool drive_line(void *context, char **fields, size_t count);

// Runs it and waits for its end. It has a process group of its own, no input,
// the same addresses each time, and dies with this process. In error
// (error_size bytes) stands one line, in the language of message.h, when the
// end is DRIVE_BROKEN.
enum drive_end drive_run(const struct drive *drive, drive_line *line,
                         void *context, char *error, size_t error_size);

// Splits one line (it is changed) and hands it to take. False when its escapes
// or take's sense are wrong.
bool drive_take(char *line, drive_line *take, void *context);

#endif
