// trap.h - what interrupts the program from outside: faults and the clock
//
// Interface: trap_begin, trap_ticked, trap_is_program, trap_is_late,
// trap_end_late.
// Threads: none. Ownership: none.
#ifndef TELAR_TRAP_H
#define TELAR_TRAP_H

#include <signal.h>
#include <stdbool.h>

// Once. From then on a fault of the program is a failure CRASH of its
// execution, and one that goes on for seconds without a step is ended.
void trap_begin(void);

// A tenth of a second has gone since the last time this said so.
bool trap_ticked(void);

// Is that an instruction of the program itself, not of the engine or a library?
bool trap_is_program(const void *pc);

// The execution shall end: to be asked where the engine can be left.
extern volatile sig_atomic_t trap_is_late;
_Noreturn void trap_end_late(const void *pc);

#endif
