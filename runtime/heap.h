// heap.h - a program that manages memory of its own says where its blocks are
//
// Whoever watches the program sees what it takes from malloc, and not what it
// makes of it. With these two calls an arena, a pool or a stack of its own can
// be seen, too: "./telar run PROGRAM", and then "./telar view --view heap
// .telar/run.trace". Where nobody watches they do nothing.
//
// Interface: heap_taken, heap_freed.
// Threads: any. Ownership: the block is not touched.
#ifndef TELAR_HEAP_H
#define TELAR_HEAP_H

#include <stddef.h>

// From now on these size bytes are a block. The one that watches is a library
// that was loaded before the program and has a function with the name
// telar_block_taken, or telar_block_freed.
void heap_taken(const void *block, size_t size);

// From now on they are not. Both preserve errno.
void heap_freed(const void *block);

#endif
