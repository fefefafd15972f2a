// hidden_child.c - the heap of a child with a terminal and of one without
// Run:    make run-hidden_child
// Expect: the same blocks, the same heap and the same holes in both
// Why:    the heap is the child's own, and begins empty at exec; the terminal
//         is no more than what its descriptors lead to
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { BLOCKS = 1000, SIZE = 100000, REPORT = 3 };

struct heap {
    long blocks, bytes, holes;
};

// In the child: fill the heap, free every second block, say what came of it.
static int fill_and_report(void)
{
    static char *blocks[BLOCKS];
    struct heap heap = {0, 0, 0};

    for (int i = 0; i < BLOCKS; i++) // [fill]
        heap.blocks += (blocks[i] = malloc(SIZE)) != NULL;
    for (int i = 0; i < BLOCKS; i += 2)
        free(blocks[i]);
    heap.bytes = (long)mallinfo2().arena;
    heap.holes = (long)mallinfo2().ordblks;
    MUST(write(REPORT, &heap, sizeof heap));
    return 0;
}

// A session of its own; its three descriptors lead to place, which becomes its
// terminal if it is one.
static void begin_at(const char *place)
{
    setsid(); // [session]
    int end = MUST(open(place, O_RDWR));
    for (int descriptor = 0; descriptor < 3; descriptor++)
        MUST(dup2(end, descriptor));
}

static struct heap heap_of_child(const char *place)
{
    struct heap heap = {0, 0, 0};
    int ends[2];

    MUST(pipe(ends));
    if (MUST(fork()) == 0) {
        begin_at(place);
        MUST(dup2(ends[1], REPORT));
        MUST(execl("/proc/self/exe", "hidden_child", "child", NULL));
    }
    MUST(close(ends[1]));
    MUST(read(ends[0], &heap, sizeof heap));
    MUST(close(ends[0]));
    MUST(wait(NULL));
    return heap;
}

static void report(const char *child, struct heap heap)
{
    printf("%-17s %ld blocks, a heap of %ld KiB, %ld holes\n", child,
           heap.blocks, heap.bytes / 1024, heap.holes);
}

int main(int argc, char *argv[])
{
    if (argc == 2 && strcmp(argv[1], "child") == 0)
        return fill_and_report();

    int screen = MUST(getpt());
    MUST(grantpt(screen));
    MUST(unlockpt(screen));
    struct heap shown = heap_of_child(ptsname(screen));
    struct heap hidden = heap_of_child("/dev/null");

    report("with a terminal:", shown);
    report("hidden:", hidden);
    fact("shown_blocks", shown.blocks);
    fact("hidden_blocks", hidden.blocks);
    fact("shown_kib", shown.bytes / 1024);
    fact("hidden_kib", hidden.bytes / 1024);
    fact("shown_holes", shown.holes);
    fact("hidden_holes", hidden.holes);
    return 0;
}
