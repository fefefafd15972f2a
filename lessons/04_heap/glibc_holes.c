// glibc_holes.c - the same holes in the heap of malloc, and a large request
// Run:    make run-glibc_holes
// Expect: 20 MiB free in 50000 holes, still occupied; 1 MiB is served all the
//         same, from elsewhere
// Why:    an address space of 64 bits has room beside the heap: a large block
//         is a mapping of its own, and a medium one makes the heap grow
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/04_heap/resident.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { BLOCKS = 100000, SIZE = 400, LARGE = 1 << 20 };

static char *blocks[BLOCKS];

int main(void)
{
    long before = resident_kib();
    for (int i = 0; i < BLOCKS; i++)
        memset(blocks[i] = MUST(malloc(SIZE)), 1, SIZE);
    long full = resident_kib();
    for (int i = 0; i < BLOCKS; i += 2) // [every-second]
        free(blocks[i]);
    long half = resident_kib();

    struct mallinfo2 heap = mallinfo2();
    char *large = malloc(LARGE); // [large]
    struct mallinfo2 after = mallinfo2();
    size_t mapped = after.hblks - heap.hblks;
    size_t from_holes = large && !mapped && after.arena == heap.arena;

    printf("%zu KiB free in the heap, in %zu holes\n", heap.fordblks / 1024,
           heap.ordblks);
    printf("the process occupied %ld KiB more, and now %ld KiB more\n",
           full - before, half - before);
    printf("1 MiB: %s, %zu mapped apart, %zu from the holes\n",
           large ? "served" : "refused", mapped, from_holes);
    fact("free_kib", (long)(heap.fordblks / 1024));
    fact("holes", (long)heap.ordblks);
    fact("kept_percent", 100 * (half - before) / (full - before));
    fact("large_served", large != NULL);
    fact("large_from_holes", (long)from_holes);
    return 0;
}
