// untouched.c - 64 MiB that nobody writes into
// Run:    make run-untouched
// Expect: next to nothing after malloc, half of it after writing into half
// Why:    malloc reserves addresses; the kernel finds memory for a page when it
//         is touched for the first time
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/04_heap/resident.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { SIZE = 64 << 20 };

int main(void)
{
    long before = resident_kib();
    char *block = MUST(malloc(SIZE)); // [malloc]
    long reserved = resident_kib() - before;
    memset(block, 1, SIZE / 2); // [touch]
    long touched = resident_kib() - before;

    printf("after malloc of 64 MiB: %ld KiB more\n", reserved);
    printf("after writing into half of them: %ld KiB more\n", touched);
    fact("reserved_kib", reserved);
    fact("touched_mib", (touched + 512) / 1024);
    free(block);
    return 0;
}
