// speed_up.c - 1 to 8 tasks that calculate: threads, with the lock and without,
// and processes
// Run:    make run-speed_up   (about 15 s; "speed_up quick": 2 s)
// Expect: CSV: with the lock 1 or less; without it, and as processes, as many
//         times as fast as there are cores, and no more
// Why:    one lock, one core
#include <string.h>

#include "lessons/09_gil/runs.h"
#include "runtime/fact.h"

enum { ROUNDS = 15, WAYS = 3, SIZES = 5 };

static const int sizes[SIZES] = {1, 2, 3, 4, 8};
static const char *const names[WAYS] = {"locked", "without", "processes"};

static struct gil gil;
static double times[WAYS][SIZES][ROUNDS];

static double run(int way, struct task *tasks, int count)
{
    for (int i = 0; i < count; i++)
        tasks[i].gil = way == 1 ? NULL : &gil;
    return way == 2 ? run_as_processes(tasks, count)
                    : run_as_threads(tasks, count);
}

static void measure(int size, int round, struct task *tasks)
{
    int count = sizes[size];

    for (int way = 0; way < WAYS; way++) {
        double sequence = run_in_sequence(tasks, count);
        times[way][size][round] = sequence / run(way, tasks, count);
        printf("%s,%d,%.4f\n", names[way], count, times[way][size][round]);
    }
}

static void say_facts(int rounds)
{
    char name[64];

    for (int way = 0; way < WAYS; way++) {
        snprintf(name, sizeof name, "%s_8_x100", names[way]);
        double median = median_of(times[way][SIZES - 1], rounds);
        fact(name, (long long)(100 * median + 0.5));
    }
    fact("cores", cores_allowed());
}

int main(int count, char **arguments)
{
    bool quick = count > 1 && strcmp(arguments[1], "quick") == 0;
    int rounds = quick ? 5 : ROUNDS;
    struct task tasks[TASKS];
    long work = rounds_for_ms(quick ? 6 : 12);

    gil_init(&gil, 5000);
    for (int i = 0; i < TASKS; i++)
        tasks[i] = (struct task){.program = counting, .rounds = work};
    puts("series,x,times");
    for (int round = 0; round < rounds; round++)
        for (int size = 0; size < SIZES; size++)
            measure(size, round, tasks);
    say_facts(rounds);
    return 0;
}
