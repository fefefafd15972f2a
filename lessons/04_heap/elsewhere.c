// elsewhere.c - the holes of glibc_holes.c with other allocators
// Run:    make run-elsewhere   (those of jemalloc, mimalloc that are installed)
// Expect: each serves the large block; how much it still occupies differs
// Why:    each has its own way of keeping blocks together and of giving back
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/04_heap/resident.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { BLOCKS = 100000, SIZE = 400, LARGE = 1 << 20 };

static char *blocks[BLOCKS];
static long least_half = 100; // of those asked so far, in per cent

// In per cent of what it was with all blocks: with half of them, with none.
static void measure(void)
{
    long before = resident_kib();
    for (int i = 0; i < BLOCKS; i++)
        memset(blocks[i] = MUST(malloc(SIZE)), 1, SIZE);
    long full = resident_kib() - before;
    for (int i = 0; i < BLOCKS; i += 2) // [half]
        free(blocks[i]);
    long half = resident_kib() - before;
    int served = malloc(LARGE) != NULL;
    for (int i = 1; i < BLOCKS; i += 2)
        free(blocks[i]);
    long none = resident_kib() - before;
    printf("%ld %ld %ld %d\n", full, 100 * half / full, 100 * none / full,
           served);
}

// This program once more, with another malloc in front of glibc's.
static void ask(const char *name, const char *library)
{
    char command[1000], program[400] = "", fact_name[64];
    long full, half, none;
    int served;

    MUST(readlink("/proc/self/exe", program, sizeof program - 1));
    snprintf(command, sizeof command, "LD_PRELOAD='%s' exec '%s' measure",
             library, program); // [preload]
    FILE *child = MUST(popen(command, "r"));
    int got = fscanf(child, "%ld %ld %ld %d", &full, &half, &none, &served);
    pclose(child);
    if (got != 4)
        return;
    printf("%-9s %6ld KiB; half freed: %3ld %%, all: %3ld %%; 1 MiB %s\n", name,
           full, half, none, served ? "served" : "refused");
    snprintf(fact_name, sizeof fact_name, "%s_half_percent", name);
    fact(fact_name, half);
    least_half = half < least_half ? half : least_half;
}

static void ask_installed(const char *name)
{
    char pattern[200];
    glob_t found;

    snprintf(pattern, sizeof pattern,
             "/{usr/lib,usr/lib64,lib,usr/lib/*,usr/local/lib}/lib%s.so*",
             name);
    if (glob(pattern, GLOB_BRACE, NULL, &found) != 0)
        printf("%-9s is not installed here\n", name);
    else
        ask(name, found.gl_pathv[0]);
    fflush(stdout);
    globfree(&found);
}

int main(int count, char **arguments)
{
    (void)arguments;
    if (count > 1) {
        measure();
        return 0;
    }
    ask("glibc", "");
    ask_installed("jemalloc");
    ask_installed("mimalloc");
    fact("least_half_percent", least_half);
    return 0;
}
