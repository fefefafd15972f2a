// apart_fixed.c - everything is freed, and the arena is one hole again
// Run:    make run-apart_fixed
// Expect: 65528 bytes free in 1 hole: room for 2000 and much more
// Why:    whoever frees joins the holes that lie side by side
#include <stdio.h>

#include "lessons/04_heap/arena.h"
#include "runtime/fact.h"

enum { ARENA = 64 << 10, BLOCKS = 128, SIZE = ARENA / BLOCKS - 8 };

static struct arena arena;

int main(void)
{
    void *blocks[BLOCKS];

    arena_init(&arena, ARENA);
    arena.never_merges = false; // [merges]
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
