// globals.h - the program's global variables, as new in each execution
//
// Interface: globals_begin, globals_restore, globals_touch, globals_have,
// globals_hash, globals_tell.
// Threads: none. Ownership: the engine's.
#ifndef TELAR_GLOBALS_H
#define TELAR_GLOBALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Once, before the first execution: remembers what they are.
void globals_begin(int argument_count, char **arguments);

// What was written since the last time gets its first value again.
void globals_restore(void);

// size bytes at address are about to be written.
void globals_touch(uintptr_t address, size_t size);

bool globals_have(uintptr_t address);

// Is it one of the arguments of main?
bool globals_have_argument(uintptr_t address);

// Of their contents.
uint64_t globals_hash(uint64_t hash);

// As lines "memory" of protocol.h.
void globals_tell(void);

#endif
