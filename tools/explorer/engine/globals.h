// globals.h - the program's global variables, as new in each execution
//
// Interface: globals_begin, globals_restore, globals_touch, globals_have,
// globals_have_all, globals_hash, globals_tell.
// Threads: none. Ownership: the engine's.
#ifndef TELAR_GLOBALS_H
#define TELAR_GLOBALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The sections that globals are put into (ld makes these names).
extern char __start_telar_data[], __stop_telar_data[];
extern char __start_telar_bss[], __stop_telar_bss[];

// Once, before the first execution: remembers what they are.
void globals_begin(int argument_count, char **arguments);

// What was written since the last time gets its first value again.
void globals_restore(void);

// There are so many that only those pages are restored that were written.
extern bool globals_are_many;
void globals_touch_pages(uintptr_t address, size_t size);

// size bytes at address are about to be written.
static inline void globals_touch(uintptr_t address, size_t size)
{
    if (globals_are_many)
        globals_touch_pages(address, size);
}

static inline bool globals_have(uintptr_t address)
{
    return address - (uintptr_t)__start_telar_data <
               (uintptr_t)(__stop_telar_data - __start_telar_data) ||
           address - (uintptr_t)__start_telar_bss <
               (uintptr_t)(__stop_telar_bss - __start_telar_bss);
}

// All of size bytes at address, which are the program's? Behind its last global
// variable begin the engine's.
static inline bool globals_have_all(uintptr_t address, size_t size)
{
    uintptr_t in_data = address - (uintptr_t)__start_telar_data;
    uintptr_t in_bss = address - (uintptr_t)__start_telar_bss;
    uintptr_t data = (uintptr_t)(__stop_telar_data - __start_telar_data);
    uintptr_t bss = (uintptr_t)(__stop_telar_bss - __start_telar_bss);

    return (in_data < data && size <= data - in_data) ||
           (in_bss < bss && size <= bss - in_bss);
}

// Is it one of the arguments of main?
bool globals_have_argument(uintptr_t address);

// Of their contents.
uint64_t globals_hash(uint64_t hash);

// As lines "memory" of protocol.h.
void globals_tell(void);

#endif
