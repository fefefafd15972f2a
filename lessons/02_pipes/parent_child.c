// parent_child.c - a child changes a variable and the parent does not see it
// Run:    make run-parent_child
// Expect: the parent's number is still 7; 42 arrived through the pipe
// Why:    fork copies the memory; the pipe is one object that both can reach
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

int main(void)
{
    int number = 7, arrived = 0;
    int ends[2]; // ends[0] is for reading, ends[1] is for writing

    MUST(pipe(ends)); // [pipe]
    if (MUST(fork()) == 0) {
        number = 42;
        MUST(write(ends[1], &number, sizeof number));
        _exit(0);
    }
    MUST(close(ends[1]));
    MUST(read(ends[0], &arrived, sizeof arrived));
    MUST(wait(NULL));

    printf("number %d, arrived %d\n", number, arrived);
    fact("parent_number", number);
    fact("arrived_number", arrived);
    return 0;
}
