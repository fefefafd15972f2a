// refused by: freed_room_is_used_again
// what is freed is never looked at again
#include <stdint.h>
#include <string.h>

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
    uint64_t *header = arena_grow((size + 15) / 8 * 8);
    if (!header)
        return NULL;
    *header = size;
    return header + 1;
}

void heap_free(void *block)
{
    (void)block;
}

void *heap_realloc(void *block, size_t size)
{
    void *moved = heap_alloc(size);
    if (block && moved) {
        size_t old = ((uint64_t *)block)[-1];
        memcpy(moved, block, old < size ? old : size);
    }
    return moved;
}
