// io_bound.c - three tasks wait 100 ms each for an answer
// Run:    make run-io_bound
// Expect: 300 ms in sequence, 100 ms as threads; as threads that keep the lock
//         while they wait, 300 ms again
// Why:    READ gives the lock back before it waits, and takes it again after
#include "lessons/09_gil/runs.h"
#include "runtime/fact.h"

enum { WAITERS = 3, ANSWER_MS = 100 };

static const struct instruction program[] = {
    {READ, ANSWER_MS}, // [program]
    {PUSH, 1},         //
    {STORE, 0},        // answered = 1
    {END, 0},
};

static struct gil gil;

int main(void)
{
    struct task tasks[WAITERS];

    gil_init(&gil, 5000);
    for (int i = 0; i < WAITERS; i++)
        tasks[i] = (struct task){
            .program = program,
            .gil = &gil,
            .file = MUST(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC))};
    double sequence = run_in_sequence(tasks, WAITERS);
    double threads = run_as_threads(tasks, WAITERS);
    for (int i = 0; i < WAITERS; i++)
        tasks[i].keeps_gil = true;
    double keeping = run_as_threads(tasks, WAITERS);

    printf("one after the other:              %4.0f ms\n", sequence);
    printf("threads, with the lock:           %4.0f ms\n", threads);
    printf("threads that keep it in READ:     %4.0f ms\n", keeping);
    fact("sequence_ms", (long long)sequence);
    fact("threads_ms", (long long)threads);
    fact("keeping_ms", (long long)keeping);
    fact("gain_x100", (long long)(100 * sequence / threads));
    fact("keeping_gain_x100", (long long)(100 * sequence / keeping));
    return 0;
}
