// held_back_fixed.c - the writer lets go of each line, and it arrives at once
// Run:    make run-held_back_fixed
// Expect: 3 of the 3 lines in the reader's hand while the writer was alive
// Why:    the flush empties the writer's buffer; that of the reader, 64 KiB
//         large, delays nothing: it takes what there is
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/02_pipes/asleep.h"
#include "runtime/fact.h"
#include "runtime/must.h"

struct board {        // in memory that parent and child share
    atomic_int lines; // that the parent has in hand
    int while_alive;  // lines, as the child saw it just before it ended
};

// Goes on only when the parent has taken what there is and waits for more.
static void child(int end, pid_t parent, struct board *board)
{
    FILE *out = MUST(fdopen(end, "w"));

    for (int i = 0; i < 3; i++) { // [child]
        fputs("a line\n", out);
        fflush(out);
        while (bytes_waiting(end) > 0 || !asleep(parent))
            look_again();
    }
    board->while_alive = board->lines;
    fclose(out);
    _exit(0);
}

int main(void)
{
    static char line[100], buffer[65536];
    int ends[2];
    pid_t parent = getpid();
    struct board *board = MUST(mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_ANONYMOUS, -1, 0));

    MUST(pipe(ends));
    if (MUST(fork()) == 0)
        child(ends[1], parent, board);
    MUST(close(ends[1]));

    FILE *in = MUST(fdopen(ends[0], "r")); // [parent]
    setvbuf(in, buffer, _IOFBF, sizeof buffer);
    while (fgets(line, sizeof line, in))
        board->lines++;

    MUST(wait(NULL));
    printf("lines in hand while the writer was alive: %d of %d\n",
           board->while_alive, board->lines);
    fact("lines_while_alive", board->while_alive);
    fact("lines_at_end", board->lines);
    return 0;
}
