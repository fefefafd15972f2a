// cpu_bound.c - two threads that calculate: with one lock, and without it
// Run:    make run-cpu_bound
// Expect: with the lock no faster than one after the other; without it nearly
//         twice as fast, where there are two cores
// Why:    the thread that has the lock runs, the other one waits for it
#include "lessons/09_gil/runs.h"
#include "runtime/fact.h"

enum { THREADS = 2, ROUNDS = 15, WORK_MS = 16 };

static struct gil gil;

// How often as fast as in sequence, and how many cores it used on average.
struct outcome {
    double speed_up[ROUNDS], cores[ROUNDS];
};

static void measure(struct task *tasks, struct gil *lock, int round,
                    struct outcome *outcome)
{
    double alone = run_in_sequence(tasks, THREADS);

    for (int i = 0; i < THREADS; i++)
        tasks[i].gil = lock;
    double used = cpu_ms();
    double together = run_as_threads(tasks, THREADS);
    outcome->cores[round] = (cpu_ms() - used) / together;
    outcome->speed_up[round] = alone / together;
}

int main(void)
{
    static struct outcome locked, without;
    struct task tasks[THREADS];
    long rounds = rounds_for_ms(WORK_MS);

    gil_init(&gil, 5000);
    for (int i = 0; i < THREADS; i++)
        tasks[i] = (struct task){.program = counting, .rounds = rounds};
    for (int round = 0; round < ROUNDS; round++) { // in turns, so that a busy
        measure(tasks, &gil, round, &locked);      // moment hits both
        measure(tasks, NULL, round, &without);
    }

    double fast = median_of(locked.speed_up, ROUNDS);
    double free_fast = median_of(without.speed_up, ROUNDS);
    double cores = median_of(locked.cores, ROUNDS);
    double free_cores = median_of(without.cores, ROUNDS);
    printf("                  as fast as in sequence   cores in use\n");
    printf("with the lock:         %5.2f times            %5.2f\n", fast,
           cores);
    printf("without it:            %5.2f times            %5.2f\n", free_fast,
           free_cores);
    printf("cores that this program may use: %d\n", cores_allowed());
    fact("locked_x100", (long long)(100 * fast));
    fact("without_x100", (long long)(100 * free_fast));
    fact("locked_cores_x100", (long long)(100 * cores));
    fact("without_cores_x100", (long long)(100 * free_cores));
    fact("cores", cores_allowed());
    return 0;
}
