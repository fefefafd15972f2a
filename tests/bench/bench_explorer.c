// bench_explorer.c - executions a second, and what a million of them need in
// memory; nothing is asserted
//
// Two threads that increment a counter six times each (tests/explorer/counts),
// with all checks on. The speed is also told as a ratio to a calibration loop
// that runs in between: dependent loads from a ring of 1 MiB, as a measure of
// the machine and of how busy it is.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/must.h"
#include "runtime/stats.h"
#include "tools/explorer/build.h"
#include "tools/explorer/drive.h"

enum { ROUNDS = 7, RING = 1 << 17, STEPS = 20 * 1000 * 1000 };

static struct build build;

// ---- The calibration loop ---------------------------------------------------

static uint64_t ring[RING]; // a permutation: each says which comes next

static void ring_begin(void)
{
    uint64_t dice = 1;

    for (uint64_t i = 0; i < RING; i++)
        ring[i] = i;
    for (uint64_t i = RING - 1; i > 0; i--) { // Sattolo: one cycle
        uint64_t j, swap = ring[i];

        dice = dice * 6364136223846793005u + 1442695040888963407u;
        j = (dice >> 33) % i;
        ring[i] = ring[j];
        ring[j] = swap;
    }
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Millions of steps a second.
static double calibrate(void)
{
    double begin = seconds_now();
    volatile uint64_t end;
    uint64_t at = 0;

    for (int i = 0; i < STEPS; i++)
        at = ring[at];
    end = at;
    (void)end;
    return STEPS / 1e6 / (seconds_now() - begin);
}

// ---- A search ---------------------------------------------------------------

struct numbers {
    double executions, seconds;
};

static bool hear(void *context, char **fields, size_t count)
{
    struct numbers *numbers = context;

    if (count == 8 && strcmp(fields[0], "done") == 0) {
        numbers->executions = strtod(fields[2], NULL);
        numbers->seconds = strtod(fields[7], NULL);
    }
    return true;
}

static struct numbers search(const char *strategy, const char *limit)
{
    struct numbers numbers = {0};
    struct drive drive = {.program = build.program};
    char request[200], error[300] = "";

    snprintf(request, sizeof request,
             "mode=search strategy=%s points=accesses keep_going=1 spurious=0 "
             "%s",
             strategy, limit);
    drive.request = request;
    if (drive_run(&drive, hear, &numbers, error, sizeof error) != DRIVE_DONE) {
        fprintf(stderr, "bench_explorer: %s\n", error);
        exit(2);
    }
    return numbers;
}

// ---- Speed ------------------------------------------------------------------

static void put(const char *what, const double *sample, const char *unit)
{
    struct stats s;

    if (stats_of(sample, ROUNDS, &s))
        printf("  %-42s %9.3f %s  [%.3f, %.3f]\n", what, s.median, unit,
               s.minimum, s.maximum);
}

// The loop before and after, so that a machine that is busy slows both.
static void bench_speed(const char *strategy, const char *limit)
{
    double speed[ROUNDS], loop[ROUNDS], ratio[ROUNDS];
    struct numbers numbers = {0};

    for (int i = 0; i < ROUNDS; i++) {
        double before = calibrate();

        numbers = search(strategy, limit);
        loop[i] = (before + calibrate()) / 2;
        speed[i] = numbers.executions / numbers.seconds / 1e6;
        ratio[i] = 1e3 * speed[i] / loop[i];
    }
    printf("%s, %.0f executions\n", strategy, numbers.executions);
    put("executions, millions a second", speed, "  ");
    put("steps of the calibration loop, millions", loop, "  ");
    put("executions in a thousand of these steps", ratio, "  ");
}

// ---- Memory -----------------------------------------------------------------

// The largest it was, in MiB. In a process of its own: the system tells it of
// all children together.
static double memory_of(const char *strategy, const char *limit)
{
    int ends[2];
    double size = 0;

    MUST(pipe(ends));
    if (MUST(fork()) == 0) {
        struct rusage usage;

        search(strategy, limit);
        MUST(getrusage(RUSAGE_CHILDREN, &usage));
        size = (double)usage.ru_maxrss / 1024;
        MUST(write(ends[1], &size, sizeof size));
        _exit(0);
    }
    close(ends[1]);
    if (read(ends[0], &size, sizeof size) != sizeof size)
        exit(2);
    close(ends[0]);
    wait(NULL);
    return size;
}

static void bench_memory(const char *strategy, const char *few,
                         const char *many)
{
    printf("%s, memory: %.1f MiB for %s, %.1f MiB for %s\n", strategy,
           memory_of(strategy, few), few + strlen("max="),
           memory_of(strategy, many), many + strlen("max="));
}

int main(void)
{
    char source[] = "tests/explorer/counts/increments.c", error[300] = "";
    char *sources[] = {source};
    struct build_request request = {
        .sources = sources, .source_count = 1, .cflags = "-DN=6"};

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!build_program(&request, &build, error, sizeof error)) {
        fprintf(stderr, "bench_explorer: %s\n", error);
        return 2;
    }
    // First: what this process needs itself is the least that can be seen.
    bench_memory("dfs", "max=10000", "max=1000000");
    bench_memory("dpor", "max=10000", "max=372436");
    ring_begin();
    bench_speed("dfs", "max=1000000");
    bench_speed("dpor", "max=0");
    build_free(&build);
    return 0;
}
