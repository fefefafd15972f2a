// arena.c - the memory that your heap may use (given, do not edit)
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "arena.h"

static struct {
    char *begin;
    size_t size, limit; // in bytes
    size_t touched;     // the most it ever was
} arena;

// Without MAP_FIXED the address is a wish: another place may come back.
static char *map_at(uintptr_t wish)
{
    void *got = mmap((void *)wish, ARENA_LIMIT, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (got == MAP_FAILED)
        return NULL;
    if ((uint64_t)(uintptr_t)got + ARENA_LIMIT <= UINT64_C(1) << 32)
        return got;
    munmap(got, ARENA_LIMIT);
    return NULL;
}

static void map_arena(void)
{
    for (uintptr_t wish = 0x20000000; !arena.begin && wish < 0xe0000000;
         wish += 0x10000000)
        arena.begin = map_at(wish);
    if (!arena.begin) {
        fputs("arena: no room below 4 GiB\n", stderr);
        exit(2);
    }
}

char *arena_begin(void)
{
    return arena.begin;
}

size_t arena_size(void)
{
    return arena.size;
}

void *arena_grow(size_t bytes)
{
    char *end = arena.begin + arena.size;

    if (bytes > arena.limit - arena.size)
        return NULL;
    arena.size += bytes;
    if (arena.size > arena.touched)
        arena.touched = arena.size;
    return end;
}

void arena_start(size_t limit)
{
    if (!arena.begin)
        map_arena();
    memset(arena.begin, 0xa5, arena.touched);
    arena.size = 0;
    arena.limit = limit < ARENA_LIMIT ? limit : ARENA_LIMIT;
}
