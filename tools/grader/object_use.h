// object_use.h - which names of others does this object use?
//
// A lab may allow its students certain functions and no others. What a source
// says can hide behind a macro; the object that was made of it cannot. This
// check accepts an object when
//
// - each name that it takes from others is on the lab's list, is defined by the
//   student's other files, or is one that compilers put in by themselves;
// - it defines no name of the C library, so that nobody calls it by mistake;
// - no memory of it can be both written and run;
// - on x86-64, its code makes no system call of its own, and no jump goes into
//   the middle of an instruction, where one could be hidden, or be made by the
//   linker.
//
// What remains: a function pointer that is calculated, into the middle of an
// instruction that has the bytes of a system call; memory that has no name (the
// stack below the functions that run, what lies around the program's globals).
//
// Interface: object_use, object_static_bytes, object_is_watched.
// Threads: one. Ownership: the caller frees *why.
#ifndef TELAR_OBJECT_USE_H
#define TELAR_OBJECT_USE_H

#include "tools/grader/object_check.h"

// Checks the object at path; names and neighbours (paths) end with NULL.
// OBJECT_REFUSED: *why is what it uses, "heap.c:31 uses mmap".
enum object_end object_use(const char *path, const char *const *neighbours,
                           const char *const *names, char **why);

// Bytes of its variables that are neither on a stack nor constant: globals,
// static ones, those of each thread. -1: it cannot be read, *why says why.
long long object_static_bytes(const char *path, char **why);

// Whether sanitizers see what this object does: it defines nothing that they
// replace or that ends the program, and does not speak to them. OBJECT_REFUSED:
// *why is what it does, "heap.c defines malloc".
enum object_end object_is_watched(const char *path, char **why);

#endif
