// without_pipe.c - what a child says reaches its parent by three other ways
// Run:    make run-without_pipe
// Expect: file 1, terminal 1, memory 1: all three arrive
// Why:    the child writes to a descriptor, or to memory; what is behind it
//         was chosen by the one who started the child
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static void child_says_hello_to(int descriptor)
{
    if (MUST(fork()) == 0) {
        MUST(write(descriptor, "hello", 5));
        _exit(0);
    }
    MUST(wait(NULL));
}

static bool hello_is_in(int descriptor)
{
    char text[5] = "";

    MUST(read(descriptor, text, sizeof text));
    return memcmp(text, "hello", 5) == 0;
}

static bool by_file(void)
{
    int file = fileno(MUST(tmpfile())); // [file]
    child_says_hello_to(file);
    MUST(lseek(file, 0, SEEK_SET));
    return hello_is_in(file);
}

static bool by_terminal(void)
{
    int screen = MUST(getpt()); // [terminal]
    MUST(grantpt(screen));
    MUST(unlockpt(screen));
    child_says_hello_to(MUST(open(ptsname(screen), O_RDWR | O_NOCTTY)));
    return hello_is_in(screen);
}

static bool by_memory(void)
{
    char *shared = MUST(mmap(NULL, 4096, PROT_READ | PROT_WRITE, // [memory]
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    if (MUST(fork()) == 0) {
        strcpy(shared, "hello");
        _exit(0);
    }
    MUST(wait(NULL));
    return strcmp(shared, "hello") == 0;
}

int main(void)
{
    bool file = by_file(), terminal = by_terminal(), memory = by_memory();

    printf("file %d, terminal %d, memory %d\n", file, terminal, memory);
    fact("ways_that_arrived", file + terminal + memory);
    return 0;
}
