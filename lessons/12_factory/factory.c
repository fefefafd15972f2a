// factory.c - the whole firm: two buildings, threads in them, three shifts
// Run:    make run-factory
//         ./telar run factory, then ./telar view --view factory TRACE
//         factory 3000: long enough to watch it live
// Expect: every part is sold once, and all go home in order
// Why:    each closes its desk when those before it are home, and gives away
//         what is still on it
#include <sys/wait.h>

#include "lessons/12_factory/dispatch.h"
#include "lessons/12_factory/plant.h"

enum { PARTS = 48 };

int main(int count, char **arguments)
{
    int parts = count > 1 ? atoi(arguments[1]) : PARTS;
    int gate[2], ended;

    MUST(pipe(gate));
    if (MUST(fork()) == 0) {
        MUST(close(gate[1]));
        dispatch_work(gate[0]);
        _exit(0);
    }
    MUST(close(gate[0]));
    plant_work(parts, gate[1]);
    MUST(wait(&ended));
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : 1;
}
