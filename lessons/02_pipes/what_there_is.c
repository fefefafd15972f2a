// what_there_is.c - a read takes what the pipe holds, whoever wrote it
// Run:    make run-what_there_is
// Expect: reads of 5, 8 and 0 bytes from three writes of 4, 4 and 5
// Why:    a pipe carries bytes, not messages; read returns what there is, up
//         to what was asked for, and 0 once nobody can write any more
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static int say_read(int end, size_t asked)
{
    char buffer[4096];
    int got = (int)MUST(read(end, buffer, asked));

    printf("asked for %4zu, got %d\n", asked, got);
    return got;
}

int main(void)
{
    int ends[2];

    MUST(pipe(ends));
    if (MUST(fork()) == 0) {
        MUST(write(ends[1], "one\n", 4)); // [writes]
        MUST(write(ends[1], "two\n", 4));
        MUST(write(ends[1], "three", 5));
        _exit(0);
    }
    MUST(close(ends[1]));
    MUST(wait(NULL)); // all 13 bytes are in the pipe now

    fact("first_read_bytes", say_read(ends[0], 5)); // [reads]
    fact("second_read_bytes", say_read(ends[0], 4096));
    fact("third_read_bytes", say_read(ends[0], 4096));
    return 0;
}
