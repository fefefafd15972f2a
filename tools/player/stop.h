// stop.h - Ctrl-C, a hang-up, a kill, a reader that went away
//
// The first such signal is only noted, so that the player can put its things
// away; a second one ends the program at once. Calls it arrives in end with
// EINTR; programs that are run get the signals as they were.
// Interface: stop_setup, stop_signal, stop_as_told, stop_flushed.
// Threads: one. Ownership: none.
#ifndef TELAR_STOP_H
#define TELAR_STOP_H

#include <signal.h>

// The signal that came, 0 while none has.
extern volatile sig_atomic_t stop_signal;

void stop_setup(void);

// Ends by the signal that came; returns when none has.
void stop_as_told(void);

// For the end of a program: status, once all of standard output is written; 2
// where that failed, with a line that says why unless a signal came.
int stop_flushed(int status);

#endif
