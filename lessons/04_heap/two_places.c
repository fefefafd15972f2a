// two_places.c - a function called three times keeps a note and leaves a block
// Run:    make run-two_places
// Expect: the three notes lie in one place, the three blocks in three
// Why:    the place of a local goes back when its function returns and the next
//         call gets it; a block of malloc stays until somebody frees it
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { CALLS = 3 };

static void *notes[CALLS], *blocks[CALLS];

__attribute__((noinline)) static void visit(int call)
{
    volatile char note[64]; // [note]
    char *block = MUST(malloc(64));

    note[0] = block[0] = (char)call;
    notes[call] = (void *)note;
    blocks[call] = block;
    printf("call %d: the note is at %p, the block at %p\n", call + 1,
           notes[call], blocks[call]);
}

static int places(void *const *at)
{
    int different = 0;

    for (int i = 0; i < CALLS; i++) {
        int seen = 0;
        for (int j = 0; j < i; j++)
            seen |= at[j] == at[i];
        different += !seen;
    }
    return different;
}

int main(void)
{
    for (int call = 0; call < CALLS; call++)
        visit(call);
    fact("note_places", places(notes));
    fact("block_places", places(blocks));
    return 0;
}
