// big_buffer_waits.c - a large buffer does not keep read from waiting
// Run:    make run-big_buffer_waits
// Expect: with 1 MiB and nothing to read it slept; with O_NONBLOCK it came back
// Why:    whether read waits is a property of the open file, not of the memory
//         that you hand to it
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lessons/02_pipes/asleep.h"
#include "runtime/fact.h"
#include "runtime/must.h"

static char buffer[1 << 20];
static atomic_int *came_back; // in memory that both processes share

// Writes one byte when the parent sleeps. Returns, as its exit status, whether
// it found the parent asleep before its read had come back.
static void child(int end, pid_t parent)
{
    while (!asleep(parent) && !*came_back)
        look_again();
    int slept = !*came_back;
    MUST(write(end, "x", 1));
    _exit(slept);
}

// Reads, with the whole buffer, a pipe in which there is nothing yet.
static bool read_sleeps(void)
{
    int ends[2], status;
    pid_t parent = getpid();

    MUST(pipe(ends));
    *came_back = 0;
    if (MUST(fork()) == 0)
        child(ends[1], parent);
    MUST(read(ends[0], buffer, sizeof buffer)); // [blocking]
    *came_back = 1;
    MUST(wait(&status));
    return WEXITSTATUS(status) == 1;
}

// The same with room for one byte, and a pipe that was asked not to wait.
static int read_without_waiting(void)
{
    int ends[2];

    MUST(pipe2(ends, O_NONBLOCK)); // [nonblocking]
    int got = (int)read(ends[0], buffer, 1);
    return got < 0 ? errno : 0;
}

int main(void)
{
    came_back = MUST(mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                          MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    bool slept = read_sleeps();
    int reason = read_without_waiting();

    printf("a buffer of 1 MiB: the read %s\n",
           slept ? "slept until something came" : "came back with nothing");
    printf("O_NONBLOCK, 1 byte: %s\n", strerror(reason));
    fact("big_buffer_slept", slept);
    fact("nonblocking_came_back", reason == EAGAIN);
    return 0;
}
