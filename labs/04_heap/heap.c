// heap.c - an allocator on an arena
//
// This is the file you write. What each function promises stands in heap.h, the
// arena in arena.h; the text of the lab is lab.es.md (lab.en.md).
//
//     ./telar check 04       your points, and what is missing
//     ./telar hint 04        one more hint
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "heap.h"

bool heap_init(void)
{
    // What does the heap have to know before the first block?

    return false;
}

void *heap_alloc(size_t size)
{
    (void)size;

    // 1. How many bytes of the arena does it take, with its header?
    // 2. Is there a free block that is large enough? Cut off what is too much.
    // 3. If not, the arena has to grow.

    return NULL;
}

void heap_free(void *block)
{
    (void)block;

    // 1. Find its header.
    // 2. It is free now. Are its neighbours, too?
}

void *heap_realloc(void *block, size_t size)
{
    (void)block;
    (void)size;

    // To begin with: a new block, the contents, and free the old one.

    return NULL;
}
