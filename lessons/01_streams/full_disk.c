// full_disk.c - printf succeeds on a full disk, and a second fflush too
// Run:    make run-full_disk
// Expect: printf 10, fflush -1 (No space left on device), again 0, ferror 1
// Why:    printf only fills the buffer; the write fails inside fflush, which
//         drops what it could not write; ferror remembers
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

int main(void)
{
    MUST(dup2(MUST(open("/dev/full", O_WRONLY)), STDOUT_FILENO));

    int printed = printf("result 42\n"); // [write]
    int flushed = fflush(stdout);
    int reason = errno;
    int again = fflush(stdout);
    int remembered = ferror(stdout) != 0;

    fprintf(stderr, "printf %d, fflush %d (%s), again %d, ferror %d\n", printed,
            flushed, strerror(reason), again, remembered);
    fact("printed", printed);
    fact("flushed", flushed);
    fact("again", again);
    fact("remembered", remembered);
    return 0;
}
