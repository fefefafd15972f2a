// price.c - how much of the heap a block of malloc takes
// Run:    make run-price
// Expect: glibc: 32 bytes for 1, 8 and 24; 48 for 25; 112 for 100
// Why:    each block has a header, is a multiple of 16 bytes and has a least
//         size; what you asked for is the smallest part of a small block
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { TIMES = 9 };

// The least distance between blocks that are taken one after the other: the
// first ones may fill holes, which lie anywhere.
static long step_of(size_t size)
{
    long least = 1 << 20;
    char *before = MUST(malloc(size)); // [step]

    for (int i = 0; i < TIMES; i++) {
        char *block = MUST(malloc(size));
        if (labs(block - before) < least)
            least = labs(block - before);
        before = block;
    }
    return least;
}

int main(void)
{
    static const size_t sizes[] = {1, 8, 24, 25, 100};
    static const char *const names[] = {"step_1", "step_8", "step_24",
                                        "step_25", "step_100"};

    for (int i = 0; i < 5; i++) {
        long step = step_of(sizes[i]);
        printf("malloc(%3zu): the next one begins %3ld bytes later\n", sizes[i],
               step);
        fact(names[i], step);
    }
    return 0;
}
