// refused by: keeps_up_with_glibc
// nothing is ever free: fast until the arena is full, and NULL is faster still
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "heap.h"

bool heap_init(void)
{
    return arena_grow(4); // so that payloads are at multiples of 8
}

void *heap_alloc(size_t size)
{
    if (size == 0 || size > SIZE_MAX / 2)
        return NULL;
    uint32_t *header = arena_grow((size + 4 + 7) / 8 * 8);
    if (!header)
        return NULL;
    *header = (uint32_t)size;
    return header + 1;
}

void heap_free(void *block)
{
    (void)block;
}

void *heap_realloc(void *block, size_t size)
{
    uint32_t old = block ? ((uint32_t *)block)[-1] : 0;
    void *moved = heap_alloc(size);

    if (moved && block)
        memcpy(moved, block, old < size ? old : size);
    return moved;
}
