// names.h - what to call a thread: the name of the function it begins with
//
// Interface: names_of_routine.
// Threads: any number at once. Reads the file that routine is in, without a
// lock of ld.so's and without allocating. Ownership: none.
#ifndef TELAR_NAMES_H
#define TELAR_NAMES_H

#include <stddef.h>

// Writes the name of the function at routine, whether exported or not, else ""
// (stripped, or made at run time).
void names_of_routine(const void *routine, char *name, size_t size);

#endif
