// worn_out.c - a worker forgets 64 KiB with each part, and is replaced now and
//              then
// Run:    make run-worn_out
// Expect: 400 parts by one worker: 25 MiB; by a new one every 50: about 3;
//         leaked each time: the same 64 KiB
// Why:    the memory of a process ends with it, and the bug does not
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { PARTS = 400, FORGOTTEN = 64 * 1024 };

static long resident_kib(void)
{
    FILE *file = MUST(fopen("/proc/self/statm", "r"));
    long pages = 0;

    if (fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void pack_one(void)
{
    static char *volatile label; // the last one; nobody frees those before

    label = MUST(malloc(FORGOTTEN)); // [leak]
    memset(label, 1, FORGOTTEN);
}

// A process that packs so many parts. By how many KiB it has grown.
static long hire(int parts)
{
    int ends[2];
    long grown;

    MUST(pipe(ends));
    if (MUST(fork()) == 0) {
        long before = resident_kib();
        for (int i = 0; i < parts; i++)
            pack_one();
        grown = resident_kib() - before;
        MUST(write(ends[1], &grown, sizeof grown));
        _exit(0);
    }
    MUST(read(ends[0], &grown, sizeof grown));
    MUST(wait(NULL));
    MUST(close(ends[0]));
    MUST(close(ends[1]));
    return grown;
}

static void work(const char *who, int parts_each)
{
    long most = 0, all = 0, grown;
    char name[32];

    for (int packed = 0; packed < PARTS; packed += parts_each) { // [replace]
        grown = hire(parts_each);
        all += grown;
        most = grown > most ? grown : most;
    }
    printf("%-8s at most %5ld KiB at once, %3ld KiB leaked a part\n", who, most,
           all / PARTS);
    snprintf(name, sizeof name, "%s_most_kib", who);
    fact(name, most);
    snprintf(name, sizeof name, "%s_kib_a_part", who);
    fact(name, all / PARTS);
}

int main(void)
{
    work("one", PARTS);
    work("replaced", PARTS / 8);
    return 0;
}
