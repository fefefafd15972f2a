// gives_back.c - what the system gets back when 32 MiB are freed
// Run:    make run-gives_back
// Expect: of one large block, all; of small ones, all if the last one of the
//         heap goes, too, and nothing if it stays; malloc_trim gives it all
// Why:    a large block is a mapping of its own and can be taken off; the heap
//         shrinks at its end only, and there lies the last one
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "lessons/04_heap/resident.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { TOTAL = 32 << 20, SMALL = 1000, COUNT = TOTAL / SMALL };

static char *blocks[COUNT];

static long percent_back(long before, long full)
{
    return 100 * (full - resident_kib()) / (full - before);
}

static long large(void)
{
    long before = resident_kib();
    char *block = MUST(malloc(TOTAL)); // [large]
    memset(block, 1, TOTAL);
    long full = resident_kib();

    free(block);
    return percent_back(before, full);
}

// Returns how much the process occupies then.
static long take_small_ones(void)
{
    for (int i = 0; i < COUNT; i++)
        memset(blocks[i] = MUST(malloc(SMALL)), 1, SMALL);
    return resident_kib();
}

// The first kept_from small blocks are freed.
static long small(int kept_from)
{
    long before = resident_kib();
    long full = take_small_ones();

    for (int i = 0; i < kept_from; i++) // [small]
        free(blocks[i]);
    return percent_back(before, full);
}

static long all(void)
{
    return small(COUNT);
}

static long but_last(void)
{
    return small(COUNT - 1);
}

static long trimmed(void)
{
    long before = resident_kib();
    long full = take_small_ones();

    for (int i = 0; i < COUNT - 1; i++)
        free(blocks[i]);
    malloc_trim(0); // [trim]
    return percent_back(before, full);
}

// In a process of its own, with a heap that nobody has used: its exit status is
// the answer.
static long in_a_child(long (*experiment)(void))
{
    int status;

    if (MUST(fork()) == 0) {
        long percent = experiment();
        _exit(percent < 0 ? 0 : (int)percent);
    }
    MUST(wait(&status));
    return WEXITSTATUS(status);
}

int main(void)
{
    static const struct {
        const char *what, *fact;
        long (*experiment)(void);
    } rows[] = {{"one block of 32 MiB", "large_percent", large},
                {"small ones, all of them", "all_percent", all},
                {"small ones, but for the last", "but_last_percent", but_last},
                {"the same, and malloc_trim", "trimmed_percent", trimmed}};

    for (int i = 0; i < 4; i++) {
        long percent = in_a_child(rows[i].experiment);
        printf("%-30s %3ld %% came back\n", rows[i].what, percent);
        fflush(stdout);
        fact(rows[i].fact, percent);
    }
    return 0;
}
