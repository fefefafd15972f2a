// pipe_memory.c - the heap does not move while pipes fill up
// Run:    make run-pipe_memory
// Expect: a megabyte in pipes, 0 bytes more in the heap; as much from malloc
//         does make it grow, so the measure works
// Why:    what waits in a pipe lies in pages of the kernel, not in the process
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { PIPES = 16 };

// Everything that malloc holds: its arenas and what it mapped apart.
static long heap_bytes(void)
{
    struct mallinfo2 heap = mallinfo2();

    return (long)(heap.arena + heap.hblkhd);
}

// Returns how many bytes went in. The pipe stays open, and full.
static long fill_a_pipe(void)
{
    static const char page[4096];
    int ends[2];
    long filled = 0;

    MUST(pipe2(ends, O_NONBLOCK));
    while (write(ends[1], page, sizeof page) == sizeof page)
        filled += (long)sizeof page;
    return filled;
}

int main(void)
{
    long in_pipes = 0;

    long before = heap_bytes(); // [measure]
    for (int i = 0; i < PIPES; i++)
        in_pipes += fill_a_pipe();
    long grown = heap_bytes() - before;
    MUST(malloc((size_t)in_pipes));
    long by_malloc = heap_bytes() - before - grown;

    printf("%ld bytes in pipes: the heap grew by %ld\n", in_pipes, grown);
    printf("as many from malloc: by %ld\n", by_malloc);
    fact("in_pipes_bytes", in_pipes);
    fact("heap_grown_bytes", grown);
    fact("grown_by_malloc_bytes", by_malloc);
    return 0;
}
