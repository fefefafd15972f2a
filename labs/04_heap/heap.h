// heap.h - an allocator on an arena (given, do not edit)
//
// Interface: heap_init, heap_alloc, heap_free, heap_realloc.
// Threads: one. Ownership: a block is the caller's until heap_free.
#ifndef HEAP_H
#define HEAP_H

#include <stdbool.h>
#include <stddef.h>

// YOU WRITE THESE, in heap.c. Whatever the heap needs, for the blocks and for
// its own notes, is in the arena (arena.h). Outside it you may have 4096 bytes
// of global variables (static and thread-local ones count), and no malloc, no
// mmap: of what is not yours you may use arena_begin, arena_size, arena_grow,
// memcpy, memmove, memset, memcmp, ffs, and printf or assert while you look for
// a mistake.

// Begins anew, in an arena that is empty: whatever was before is forgotten.
// Returns false when the arena cannot grow as far as it needs.
bool heap_init(void);

// A block of size bytes, at a multiple of 8, in the arena; nobody else's until
// it is freed. NULL when size is 0 or there is no room: then nothing has
// changed.
void *heap_alloc(size_t size);

// Gives back a block of heap_alloc or heap_realloc. NULL: nothing happens.
void heap_free(void *block);

// A block of size bytes that begins as this one did, as far as both reach; the
// old one is freed, or it is the same. NULL when there is no room: then the old
// one is as it was. heap_realloc(NULL, size) is heap_alloc(size), and
// heap_realloc(block, 0) is heap_free(block) and returns NULL.
void *heap_realloc(void *block, size_t size);

#endif
