// measured.h - when something was measured, on what machine, and by what
//
// Lines, kept beside what was measured; busy only where more programs wanted a
// processor than there were, and how many:
//
//     date 2026-11-21 21:45
//     machine 2 × Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz, Linux 6.1.0-18-amd64
//     command buffer_size
//     busy 7
//
// Interface: measured_now, measured_line.
// Threads: one. Ownership: the caller frees what is returned.
#ifndef TELAR_MEASURED_H
#define TELAR_MEASURED_H

// Those lines, for what command measures now, here.
char *measured_now(const char *command);

// What stands behind the word key in lines; NULL when no line begins with it.
char *measured_line(const char *lines, const char *key);

#endif
