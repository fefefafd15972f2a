// near.h - which name somebody meant
//
// Interface: near_name, near_words.
// Threads: no shared state. Ownership: the caller frees what near_words
// returns.
#ifndef TELAR_NEAR_H
#define TELAR_NEAR_H

#include <stddef.h>

// The one of these names ("02_pipes") that differs least from what was typed,
// as a whole or without its number; NULL where none is like it.
const char *near_name(char **names, size_t count, const char *asked);

// "did you mean 02_pipes? There are: 00_start, 01_streams..." or, where none is
// like it, "there are: ...": what is in folder ("lessons", "labs").
char *near_words(const char *folder, const char *asked);

#endif
