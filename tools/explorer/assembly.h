// assembly.h - assembly within a C program
//
// Compilers announce accesses to memory, but not those that a program makes by
// asm("..."): a lock made so is seen by nobody.
//
// Interface: assembly_is_in, assembly_access.
// Threads: none. Ownership: none.
#ifndef TELAR_ASSEMBLY_H
#define TELAR_ASSEMBLY_H

#include <stdbool.h>

// The word asm is somewhere in the text of the C file.
bool assembly_is_in(const char *source);

// The number of the line whose asm accesses memory, in what a compiler made of
// the file with -S; 0: none does.
int assembly_access(const char *path);

#endif
