// process.h - the end of the program
//
// Interface: process_exit.
// Threads: none. Ownership: none.
#ifndef TELAR_PROCESS_H
#define TELAR_PROCESS_H

// Runs what atexit was given, the last first, and ends the program.
_Noreturn void process_exit(int status);

#endif
