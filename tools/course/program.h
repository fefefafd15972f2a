// program.h - is a program that we run as a helper there?
//
// Interface: program_found.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_PROGRAM_H
#define TELAR_PROGRAM_H

#include <stdbool.h>

// Is there a program of this name in a folder of PATH?
bool program_found(const char *name);

#endif
