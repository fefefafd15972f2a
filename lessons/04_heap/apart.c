// apart.c - everything is freed, and yet there is no room
// Run:    make run-apart
// Expect: 64512 bytes free in 128 holes of 504: none for 2000
// Why:    two holes side by side are two as long as nobody makes one of them
#include <stdio.h>

#include "lessons/04_heap/arena.h"
#include "runtime/fact.h"

enum { ARENA = 64 << 10, BLOCKS = 128, SIZE = ARENA / BLOCKS - 8 };

static struct arena arena;

int main(void)
{
    void *blocks[BLOCKS];

    arena_init(&arena, ARENA);
    arena.never_merges = true; // [merges]
    for (int i = 0; i < BLOCKS; i++)
        blocks[i] = arena_take(&arena, SIZE);
    for (int i = 0; i < BLOCKS; i++)
        arena_give(&arena, blocks[i]);
    arena_draw(&arena, "all are freed:");

    struct figures f = arena_figures(&arena);
    int fits = arena_take(&arena, 2000) != NULL;
    printf("is there room for 2000 bytes? %s\n", fits ? "yes" : "no");
    fact("free_bytes", (long)f.free);
    fact("holes", f.holes);
    fact("fits", fits);
    return 0;
}
