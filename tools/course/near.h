// near.h - which name somebody meant
//
// Interface: near_name.
// Threads: no shared state. Ownership: nothing is handed over.
#ifndef TELAR_NEAR_H
#define TELAR_NEAR_H

#include <stddef.h>

// The one of these names ("02_pipes") that differs least from what was typed,
// as a whole or without its number; NULL where none is like it.
const char *near_name(char **names, size_t count, const char *asked);

#endif
