// limit.c - a desk for at most 64 parts, and how much memory lies on it
// Run:    make run-limit
// Expect: 64 parts of 64 bytes: almost nothing; 64 of 1 MiB: 64 MiB; without a
//         limit as many as were made before anybody took one
// Why:    the queue counts parts; how large they are it does not know
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lessons/12_factory/queue.h"
#include "runtime/fact.h"

enum { PLACES = 64, MADE = 20000, KIB = 1024, MIB = 1024 * KIB };

static struct queue desk;
static size_t size; // of a part, in bytes
static int made;

static long resident_kib(void)
{
    FILE *file = MUST(fopen("/proc/self/statm", "r"));
    long pages = 0;

    if (fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / KIB);
}

// Goes on until the desk is closed: nobody takes anything.
static void *assemble(void *parts)
{
    for (int i = 0; i < made; i++) {
        char *part = MUST(malloc(size));
        memset(part, 1, size); // a page counts once it is used
        ((char **)parts)[i] = part;
        if (!queue_put(&desk, i))
            break;
    }
    return NULL;
}

// The millisecond only spares the core; no result depends on it.
static void look_again(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
}

// How the memory has grown once the assembler can do no more.
static long fill_kib(int places, size_t part_bytes, int parts)
{
    static char *made_parts[MADE];
    pthread_t assembler;
    bool is_full = false;

    size = part_bytes;
    made = parts;
    queue_init(&desk, places, "desk");
    long before = resident_kib();
    MUST(pthread_create(&assembler, NULL, assemble, made_parts));
    while (!is_full) {
        look_again();
        MUST(pthread_mutex_lock(&desk.lock));
        is_full = desk.put_waits > 0 || desk.count == parts;
        MUST(pthread_mutex_unlock(&desk.lock));
    }
    long grown = resident_kib() - before;
    queue_close(&desk);
    MUST(pthread_join(assembler, NULL));
    for (int i = 0; i < parts && made_parts[i]; i++) {
        free(made_parts[i]);
        made_parts[i] = NULL;
    }
    printf("at most %5d parts of %7zu bytes: %4d on the desk, %6ld KiB\n",
           places, part_bytes, desk.most, grown);
    queue_end(&desk);
    return grown;
}

int main(void)
{
    fact("small_kib", fill_kib(PLACES, 64, MADE)); // [three]
    fact("large_kib", fill_kib(PLACES, MIB, MADE));
    fact("unlimited_kib", fill_kib(MADE, 2 * KIB, MADE));
    return 0;
}
