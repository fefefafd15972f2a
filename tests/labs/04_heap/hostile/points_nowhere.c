// points_nowhere.c - hands out places that are no memory
#include <stdlib.h>
#include <stdio.h>
#include <unistd.h>

#include "arena.h"
#include "heap.h"

bool heap_init(void)
{
    return true;
}

void *heap_alloc(size_t size)
{
    (void)size;
    return (void *)8;
}

void heap_free(void *block)
{
    (void)block;
}

void *heap_realloc(void *block, size_t size)
{
    (void)block;
    (void)size;
    return (void *)-8;
}
