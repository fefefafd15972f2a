// both_to_file_fixed.c - what the shell does for  talk >f 2>&1
// Run:    make run-both_to_file_fixed
// Expect: 15 bytes in the file: the result and the warning
// Why:    1 is the file already when 2 becomes what 1 is; both are the same
//         opening, with one position, so neither overwrites the other
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static void talk(int file)
{
    MUST(dup2(file, STDOUT_FILENO)); // [dup]
    MUST(dup2(STDOUT_FILENO, STDERR_FILENO));
    MUST(write(STDOUT_FILENO, "result\n", 7));
    MUST(write(STDERR_FILENO, "warning\n", 8));
    _exit(0);
}

int main(void)
{
    int file = fileno(MUST(tmpfile()));

    if (MUST(fork()) == 0)
        talk(file);
    MUST(wait(NULL));
    long bytes = MUST(lseek(file, 0, SEEK_END));
    printf("in the file: %ld bytes\n", bytes);
    fact("in_file_bytes", bytes);
    return 0;
}
