// read_now.c - reading what there is hands over each message as it comes
// Run:    make run-read_now
// Expect: 3 of the 3 messages in hand while the child was alive
// Why:    read comes back as soon as the pipe holds anything at all
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/02_pipes/asleep.h"
#include "runtime/fact.h"
#include "runtime/must.h"

struct board {          // in memory that parent and child share
    atomic_int in_hand; // bytes that the parent's loop has received
    int while_alive;    // in_hand, as the child saw it just before it ended
};

// Goes on only when the parent has taken the message and waits for more.
static void child(int end, pid_t parent, struct board *board)
{
    for (int i = 0; i < 3; i++) { // [child]
        MUST(write(end, "message\n", 8));
        while (bytes_waiting(end) > 0 || !asleep(parent))
            look_again();
    }
    board->while_alive = board->in_hand;
    _exit(0);
}

int main(void)
{
    int ends[2];
    char text[4096];
    pid_t parent = getpid();
    struct board *board = MUST(mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_ANONYMOUS, -1, 0));

    MUST(pipe(ends));
    if (MUST(fork()) == 0)
        child(ends[1], parent, board);
    MUST(close(ends[1]));

    FILE *out = MUST(fdopen(ends[0], "r")); // [parent]
    int got;
    while ((got = (int)read(fileno(out), text, sizeof text)) > 0)
        board->in_hand += got;

    MUST(wait(NULL));
    printf("messages in hand while the child was alive: %d of 3\n",
           board->while_alive / 8);
    fact("messages_while_alive", board->while_alive / 8);
    fact("messages_at_end", board->in_hand / 8);
    return 0;
}
