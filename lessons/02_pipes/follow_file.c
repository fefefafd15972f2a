// follow_file.c - a file that a child writes is read while the child lives
// Run:    make run-follow_file
// Expect: 3 of the 3 messages in hand while the child was alive
// Why:    read on a file returns 0 at its end and never waits, so the parent
//         looks again; that is all that tail -f does
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
    atomic_int looks;   // how often the parent has looked into the file
    int while_alive;    // in_hand, as the child saw it just before it ended
};

// Goes on only when the parent has looked, whether it saw the message or not.
static void child(int file, struct board *board)
{
    for (int i = 0; i < 3; i++) { // [child]
        MUST(write(file, "message\n", 8));
        int looks = board->looks;
        while (board->looks < looks + 2) // one look at least began since
            look_again();
    }
    board->while_alive = board->in_hand;
    _exit(0);
}

int main(void)
{
    int file = fileno(MUST(tmpfile()));
    char text[4096];
    struct board *board = MUST(mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_ANONYMOUS, -1, 0));

    pid_t pid = MUST(fork());
    if (pid == 0)
        child(file, board);

    while (MUST(waitpid(pid, NULL, WNOHANG)) == 0) { // [parent]
        board->in_hand +=
            (int)MUST(pread(file, text, sizeof text, board->in_hand));
        board->looks++;
        look_again();
    }

    printf("messages in hand while the child was alive: %d of 3\n",
           board->while_alive / 8);
    fact("messages_while_alive", board->while_alive / 8);
    return 0;
}
