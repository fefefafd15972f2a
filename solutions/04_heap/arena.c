// arena.c - the memory that your heap may use (given, do not edit)
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "arena.h"

static struct {
    char *begin;
    size_t size, limit; // in bytes
    size_t open;        // whole pages of it that can be read and written
} arena;

// Without MAP_FIXED the address is a wish: another place may come back.
static char *map_at(uintptr_t wish)
{
    void *got = mmap((void *)wish, ARENA_LIMIT, PROT_NONE,
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

// What lies behind the last page that the arena needs stays out of reach.
static bool open_to(size_t end)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t pages = (end + page - 1) / page * page;
    char *from = arena.begin + arena.open;

    if (pages <= arena.open)
        return true;
    if (mprotect(from, pages - arena.open, PROT_READ | PROT_WRITE) != 0)
        return false;
    memset(from, ARENA_RUBBISH, pages - arena.open);
    arena.open = pages;
    return true;
}

void *arena_grow(size_t bytes)
{
    char *end = arena.begin + arena.size;

    if (bytes > arena.limit - arena.size || !open_to(arena.size + bytes))
        return NULL;
    arena.size += bytes;
    return end;
}

void arena_start(size_t limit)
{
    if (!arena.begin)
        map_arena();
    mprotect(arena.begin, arena.open, PROT_NONE);
    arena.size = arena.open = 0;
    arena.limit = limit < ARENA_LIMIT ? limit : ARENA_LIMIT;
}
