// convoy.c - a thread that reads, alone and beside one that calculates
// Run:    make run-convoy   ("convoy sweep": CSV for five intervals, 7 s)
// Expect: alone, 1 ms a read; beside the other one, 6 ms
// Why:    the answer is there after 1 ms; but the thread that calculates has the
//         lock, and gives it up only after an interval, each time anew
#include <string.h>

#include "lessons/09_gil/runs.h"
#include "runtime/fact.h"

enum { ANSWER_MS = 1, USUAL_US = 5000, READS = 10 };
enum { INTERVALS = 5, FEWER_READS = 4, ROUNDS = 15 }; // of a sweep

enum { GOING }; // a variable of both programs

// for _ in range(rounds): file.read(8)
static const struct instruction reading[] = {
    {READ, ANSWER_MS}, // [reading]
    {REPEAT, 0},       // so many times
    {PUSH, 0},         // going = 0: a 0,
    {STORE, GOING},    // into going
    {END, 0},
};

// while going: pass
static const struct instruction calculating[] = {
    {LOAD, GOING}, // [calculating]
    {WHILE, 0},    // from instruction 0 on, while it is not 0
    {END, 0},
};

static struct gil gil;
static long going; // guarded by gil
static int timer;

// The microseconds of a read, up to having the lock again.
static double read_us(int reads, long interval_us, bool beside)
{
    struct task reader = {.program = reading,
                          .gil = &gil,
                          .variables = &going,
                          .rounds = reads,
                          .file = timer};
    struct task other = {
        .program = calculating, .gil = &gil, .variables = &going};
    pthread_t thread;

    gil_init(&gil, interval_us);
    going = 1;
    if (beside)
        MUST(pthread_create(&thread, NULL, run_task, &other));
    double begin = now_ms();
    run_task(&reader);
    double elapsed = now_ms() - begin;
    if (beside)
        MUST(pthread_join(thread, NULL));
    return 1000 * elapsed / reads;
}

static void compare(void)
{
    double alone = read_us(READS, USUAL_US, false);
    double beside = read_us(READS, USUAL_US, true);

    printf("a read, alone:                    %6.1f ms\n", alone / 1000);
    printf("beside a thread that calculates:  %6.1f ms\n", beside / 1000);
    fact("alone_us", (long long)alone);
    fact("beside_us", (long long)beside);
    fact("late_us", (long long)(beside - alone));
}

static void sweep(int rounds)
{
    static const long intervals_us[INTERVALS] = {200, 1000, 5000, 20000, 50000};
    static double beside[INTERVALS][ROUNDS];

    puts("series,x,read_ms");
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < INTERVALS; i++) {
            double alone = read_us(FEWER_READS, intervals_us[i], false);
            beside[i][round] = read_us(FEWER_READS, intervals_us[i], true);
            printf("alone,%.1f,%.3f\n", (double)intervals_us[i] / 1000,
                   alone / 1000);
            printf("beside,%.1f,%.3f\n", (double)intervals_us[i] / 1000,
                   beside[i][round] / 1000);
        }
    fact("usual_ms", (long long)(median_of(beside[2], rounds) / 1000 + 0.5));
    fact("longest_ms", (long long)(median_of(beside[4], rounds) / 1000 + 0.5));
}

int main(int count, char **arguments)
{
    const char *what = count > 1 ? arguments[1] : "";

    timer = MUST(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
    if (strcmp(what, "sweep") == 0)
        sweep(ROUNDS);
    else if (strcmp(what, "quick") == 0)
        sweep(3);
    else
        compare();
    return 0;
}
