// process.h - the end of the program
//
// Interface: process_exit, process_assertion, process_killed, PROCESS.
// Threads: none. Ownership: none.
#ifndef TELAR_PROCESS_H
#define TELAR_PROCESS_H

// Runs what atexit was given, the last first, and ends the program.
_Noreturn void process_exit(int status);

// What the program promises at pc does not hold.
_Noreturn void process_assertion(const char *text, const void *pc);

// The call named so sends a signal that ends the program.
_Noreturn void process_killed(int signal, const char *name, const void *pc);

enum { PROCESS = 4711 }; // its number: the same everywhere

#endif
