// measured.h - when something was measured, on what machine, and by what
//
// Lines, kept beside what was measured; busy only where other programs were in
// the way meanwhile, and how much of the processors they took, in percent:
//
//     date 2026-11-21 21:45
//     machine 2 × Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz, Linux 6.1.0-18
//     command buffer_size
//     busy 38
//
// Interface: measured_now, measured_begin, measured_end, measured_line.
// Threads: one. Ownership: the caller frees what is returned.
#ifndef TELAR_MEASURED_H
#define TELAR_MEASURED_H

enum { BUSY_PERCENT = 10 }; // what the quietest of machines may take

struct measured_use { // of the processors, since they started, in seconds
    double at, all, ours;
};

// Those lines, for what command measures now, here; but for busy.
char *measured_now(const char *command);

// The same for what is measured between the two, with busy. What command began
// must have ended, and been waited for.
struct measured_use measured_begin(void);
char *measured_end(const struct measured_use *begin, const char *command);

// What stands behind the word key in lines; NULL when no line begins with it.
char *measured_line(const char *lines, const char *key);

#endif
