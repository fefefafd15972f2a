// pool.c - pieces of one size only: every hole fits
// Run:    make run-pool
// Expect: 128 pieces; after 64 were freed there is room for 64 again; records
//         of 40 bytes leave 24 of each 64 unused
// Why:    among pieces of one size no hole is too small; what is lost is lost
//         inside them
#include <stdio.h>

#include "runtime/fact.h"
#include "runtime/heap.h"

enum { PIECE = 64, PIECES = 128, RECORD = 40 };

union piece {
    union piece *next; // while it is free: the one behind it in the list
    char bytes[PIECE]; // while it is used
};

static union piece pool[PIECES], *list;

static void *pool_take(void)
{
    union piece *piece = list; // [take]

    if (piece) {
        list = piece->next;
        heap_taken(piece, PIECE);
    }
    return piece;
}

static void pool_give(void *block)
{
    union piece *piece = block; // [give]

    heap_freed(block);
    piece->next = list;
    list = piece;
}

static int take_all(union piece **taken)
{
    int count = 0;

    while ((taken[count] = pool_take()))
        count++;
    return count;
}

int main(void)
{
    static union piece *taken[PIECES + 1], *again[PIECES + 1];

    for (int i = PIECES - 1; i >= 0; i--) { // [list]
        pool[i].next = list;
        list = &pool[i];
    }
    int pieces = take_all(taken);
    for (int i = 0; i < PIECES; i += 2)
        pool_give(taken[i]);
    int served = take_all(again);
    printf("%d pieces; after every second was freed, room for %d\n", pieces,
           served);
    printf("a record of %d bytes leaves %d of %d unused\n", RECORD,
           PIECE - RECORD, PIECE);
    fact("pieces", pieces);
    fact("served", served);
    fact("unused_percent", 100 * (PIECE - RECORD) / PIECE);
    return 0;
}
