// refused by: blocks_are_aligned
// sizes are multiples of 4, as the header is of 4 bytes
#include <stdint.h>

#include "arena.h"
#include "heap.h"

bool heap_init(void)
{
    return arena_grow(8) != NULL;
}

void *heap_alloc(size_t size)
{
    if (size == 0 || size > ARENA_LIMIT)
        return NULL;
    return arena_grow((size + 3) / 4 * 4);
}

void heap_free(void *block)
{
    (void)block;
}

void *heap_realloc(void *block, size_t size)
{
    (void)block;
    return heap_alloc(size);
}
