// arena.h - the memory that your heap may use (given, do not edit)
//
// One piece, without holes, that grows at its end only. It lies below 4 GiB:
// the distance of two places in it fits into a uint32_t. What has just been
// added is full of rubbish, not of zeros. Beyond its end no memory can be
// reached but the rest of the last page, which has to stay as it is.
//
// Interface: arena_begin, arena_size, arena_grow, arena_start.
// Threads: one. Ownership: the arena owns its memory, and gives none back.
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

// Where it begins; a multiple of 4096. It never moves.
char *arena_begin(void);

// How many bytes it has now, from its beginning on.
size_t arena_size(void);

// Adds so many bytes at the end. Returns where they begin, or NULL, and nothing
// has changed, when the arena may not grow so much.
void *arena_grow(size_t bytes);

// Not for your heap: an empty arena that may grow up to limit bytes, at most
// ARENA_LIMIT. Ends the program where there is no such memory.
void arena_start(size_t limit);
#define ARENA_LIMIT ((size_t)256 << 20)
#define ARENA_RUBBISH 0xa5 // each byte that is added

#endif
