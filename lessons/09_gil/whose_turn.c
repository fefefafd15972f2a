// whose_turn.c - two threads calculate, and the lock changes hands
// Run:    make run-whose_turn
// Look:   ./telar run build/lessons/09_gil/whose_turn
// Expect: about 40 turns, of 5 ms each
// Why:    a thread that has waited for an interval asks for the lock
#include <stdlib.h>

#include "lessons/09_gil/runs.h"
#include "runtime/fact.h"

enum { THREADS = 2, WORK_MS = 100, INTERVAL_US = 5000 };

static struct gil gil;

int main(void)
{
    struct task tasks[THREADS];
    long rounds = rounds_for_ms(WORK_MS);

    gil_init(&gil, INTERVAL_US);
    for (int i = 0; i < THREADS; i++)
        tasks[i] =
            (struct task){.program = counting, .gil = &gil, .rounds = rounds};
    double elapsed = run_as_threads(tasks, THREADS);

    printf("%ld turns in %.0f ms\n", gil.turns, elapsed);
    fact("turns", gil.turns);
    fact("turn_us", (long long)(1000 * elapsed / (double)gil.turns));
    return 0;
}
