// tls.h - the program's __thread variables, of each task its own
//
// Interface: tls_begin, tls_task_begin, tls_switch, tls_has.
// Threads: none. Ownership: the engine's.
#ifndef TELAR_TLS_H
#define TELAR_TLS_H

#include <stdbool.h>
#include <stdint.h>

// Once, before the first execution.
void tls_begin(void);

// The task begins with the values the program gives them.
void tls_task_begin(int task);

// Another task goes on: its values take the place of the others. All tasks have
// them at the same addresses.
void tls_switch(int from, int to);

bool tls_has(uintptr_t address);

#endif
