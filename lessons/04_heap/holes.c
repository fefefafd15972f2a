// holes.c - half of the arena is free, and a small request finds no room in it
// Run:    make run-holes
//         ./telar run holes, then ./telar view --view heap .telar/run.trace
// Expect: 32256 bytes free, in 64 holes of 504, and none for 1024
// Why:    a block is one piece: holes that do not touch cannot be added up
#include <stdio.h>

#include "lessons/04_heap/arena.h"
#include "runtime/fact.h"

enum { ARENA = 64 << 10, BLOCKS = 128, SIZE = ARENA / BLOCKS - 8 };

static struct arena arena;

// How many blocks of this size there is room for. They are given back.
static int fits(size_t size)
{
    void *taken[BLOCKS];
    int count = 0;

    while (count < BLOCKS && (taken[count] = arena_take(&arena, size)))
        count++;
    for (int i = 0; i < count; i++)
        arena_give(&arena, taken[i]);
    return count;
}

int main(void)
{
    void *blocks[BLOCKS];

    arena_init(&arena, ARENA);
    for (int i = 0; i < BLOCKS; i++) // [fill]
        blocks[i] = arena_take(&arena, SIZE);
    arena_draw(&arena, "128 blocks:");
    for (int i = 0; i < BLOCKS; i += 2) // [every-second]
        arena_give(&arena, blocks[i]);
    arena_draw(&arena, "every second one is freed:");

    struct figures f = arena_figures(&arena);
    int large = fits(1024), small = fits(SIZE); // [ask]
    printf("room for %d blocks of 1024 bytes, and for %d of %d\n", large, small,
           SIZE);
    fact("free_bytes", (long)f.free);
    fact("largest_free_bytes", (long)f.largest_free);
    fact("blocks_of_1024", large);
    fact("blocks_of_504", small);
    return 0;
}
