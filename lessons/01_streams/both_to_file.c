// both_to_file.c - what the shell does for  talk 2>&1 >f
// Run:    make run-both_to_file
// Expect: 7 bytes in the file; the warning goes where stdout led before
// Why:    2 becomes what 1 is now, which is not the file yet; that 1 changes
//         afterwards does not change 2
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static void talk(int file)
{
    MUST(dup2(STDOUT_FILENO, STDERR_FILENO)); // [dup]
    MUST(dup2(file, STDOUT_FILENO));
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
