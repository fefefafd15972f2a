// moment.h - what time it is, and how to wait (given, do not edit)
//
// Interface: moment_now, moment_wait.
//
// Your loop looks at no other clock and sleeps nowhere else: the grader puts a
// clock of its own in place of moment.c, so that no test depends on the
// machine.
#ifndef MOMENT_H
#define MOMENT_H

#include <poll.h>

// Milliseconds since some moment of the past. Never goes back.
long moment_now(void);

// Sleeps until one of the descriptors is ready, at most this many milliseconds
// (-1: without end; 0: only looks), and fills in revents: poll(), made again
// when a signal interrupts it. Returns how many are ready, 0 if none. count may
// be 0, and descriptors NULL then.
int moment_wait(struct pollfd *descriptors, int count, long ms);

#endif
