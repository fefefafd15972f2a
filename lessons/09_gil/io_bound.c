// io_bound.c - three tasks wait 100 ms each for an answer
// Run:    make run-io_bound
// Expect: 300 ms in sequence, 100 ms as threads, with the lock or without it;
//         as threads that keep the lock while they wait, 300 ms again
// Why:    READ gives the lock back before it waits, and takes it again after
#include "lessons/09_gil/runs.h"
#include "runtime/fact.h"

enum { WAITERS = 3, ANSWER_MS = 100, ROUNDS = 3 };

static const struct instruction program[] = {
    {READ, ANSWER_MS}, // [program]
    {PUSH, 1},         // answered = 1: a 1,
    {STORE, 0},        // into answered
    {END, 0},
};

static struct gil gil;

// The best of some rounds: a busy machine can only make it longer.
static double threads_ms(struct task *tasks)
{
    double best = run_as_threads(tasks, WAITERS);

    for (int i = 1; i < ROUNDS; i++) {
        double ms = run_as_threads(tasks, WAITERS);
        best = ms < best ? ms : best;
    }
    return best;
}

// How many were waiting at the same time, at most. Forgets it.
static int most_at_once(void)
{
    int most = 0;

    for (int n = 1; n <= READERS; n++)
        if (atomic_exchange(&readers_at_once[n], false))
            most = n;
    return most;
}

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
    double threads = threads_ms(tasks);
    int at_once = most_at_once();
    for (int i = 0; i < WAITERS; i++)
        tasks[i].keeps_gil = true;
    double keeping = threads_ms(tasks);
    int keeping_at_once = most_at_once();
    for (int i = 0; i < WAITERS; i++)
        tasks[i].gil = NULL;
    double without = threads_ms(tasks);

    printf("one after the other:              %4.0f ms\n", sequence);
    printf("threads, with the lock:           %4.0f ms\n", threads);
    printf("threads that keep it in READ:     %4.0f ms\n", keeping);
    printf("threads, without the lock:        %4.0f ms\n", without);
    fact("sequence_ms", (long long)sequence);
    fact("threads_ms", (long long)threads);
    fact("keeping_ms", (long long)keeping);
    fact("without_ms", (long long)without);
    fact("gain_x100", (long long)(100 * sequence / threads));
    fact("keeping_gain_x100", (long long)(100 * sequence / keeping));
    fact("at_once", at_once);
    fact("keeping_at_once", keeping_at_once);
    fact("without_at_once", most_at_once());
    return 0;
}
