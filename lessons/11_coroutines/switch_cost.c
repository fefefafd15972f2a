// switch_cost.c - what going over to another one costs, in time and memory
// Run:    make run-switch_cost   (about 10 s; "switch_cost quick": 1 s)
// Expect: CSV: ns a switch and KiB each, for five ways of going over
// Why:    a switch is a few instructions; a system call is dearer, and waking
//         somebody who sleeps dearer still
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/coro_switch.h"
#include "runtime/fact.h"
#include "runtime/must.h"
#include "runtime/stats.h"

enum {
    ROUNDS = 25,
    BARE = 1, // x of each way
    FAST,
    PORTABLE,
    THREAD,
    PROCESS,
    WAYS = PROCESS,
    MANY = 1000, // coroutines and threads whose memory is measured
    SOME = 20,   // processes
};

static double ns[WAYS + 1][ROUNDS], kib[WAYS + 1][ROUNDS];
static int rounds = ROUNDS, times = 100000;

static double now_ns(void)
{
    struct timespec now;

    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// The sum of the numbers behind these words in a file of /proc, in KiB.
static double sum_kib(const char *file, const char *first, const char *second)
{
    FILE *from = MUST(fopen(file, "r"));
    char line[256];
    double sum = 0;

    while (fgets(line, sizeof line, from))
        if (strncmp(line, first, strlen(first)) == 0 ||
            strncmp(line, second, strlen(second)) == 0)
            sum += strtod(strchr(line, ':') + 1, NULL);
    MUST(fclose(from));
    return sum;
}

static double used_kib(void)
{
    return sum_kib("/proc/self/status", "VmRSS:", "VmPTE:");
}

// ---- Time: there and back ---------------------------------------------------

static void *here, *there;
static struct coro *fast, *portable;
static int to_thread[2], from_thread[2], to_process[2], from_process[2];

static void bare_back(void)
{
    for (;;)
        coro_switch(&there, here); // [bare]
}

static void coro_back(void *unused)
{
    (void)unused;
    for (;;)
        coro_yield();
}

static void echo(int in, int out)
{
    char byte;

    while (read(in, &byte, 1) == 1)
        MUST(write(out, &byte, 1));
}

static void *echo_in_thread(void *unused)
{
    echo(to_thread[0], from_thread[1]);
    return unused;
}

static void ping(int out, int in)
{
    char byte = 0;

    MUST(write(out, &byte, 1)); // [ping]
    MUST(read(in, &byte, 1));
}

// One visit of each way, as many times as told.
static void visit(int way, int count)
{
    if (way == BARE)
        for (int i = 0; i < count; i++)
            coro_switch(&here, there);
    else if (way == FAST)
        for (int i = 0; i < count; i++)
            coro_resume(fast);
    else if (way == PORTABLE)
        for (int i = 0; i < count; i++)
            coro_resume(portable);
    else if (way == THREAD)
        for (int i = 0; i < count; i++)
            ping(to_thread[1], from_thread[0]);
    else
        for (int i = 0; i < count; i++)
            ping(to_process[1], from_process[0]);
}

static void prepare(void)
{
    pthread_t thread;

    MUST(pipe(to_process));
    MUST(pipe(from_process));
    if (MUST(fork()) == 0) {
        MUST(close(to_process[1]));
        echo(to_process[0], from_process[1]);
        _exit(0);
    }
    MUST(pipe(to_thread));
    MUST(pipe(from_thread));
    MUST(pthread_create(&thread, NULL, echo_in_thread, NULL));
    there = coro_switch_prepare(MUST(malloc(16384)), 16384, bare_back);
    portable = MUST(coro_create(coro_back, NULL, 0));
    coro_fast = true;
    fast = MUST(coro_create(coro_back, NULL, 0));
}

static void measure_time(int way, int round)
{
    int count = way <= FAST ? times : times / 50;
    double begin = now_ns();

    visit(way, count);
    ns[way][round] = (now_ns() - begin) / count / 2; // two switches
    printf("time,%d,%.3f\n", way, ns[way][round]);
}

// ---- Memory: of many that wait ----------------------------------------------

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER; // main holds it

static double coroutines_kib(bool is_fast)
{
    double before = used_kib();

    coro_fast = is_fast;
    for (int i = 0; i < MANY; i++)
        coro_resume(MUST(coro_create(coro_back, NULL, 0)));
    return (used_kib() - before) / MANY;
}

static void *wait_at_the_gate(void *unused)
{
    MUST(pthread_mutex_lock(&gate));
    return unused;
}

static double threads_kib(void)
{
    double before = used_kib();
    int count = 0;
    pthread_t thread;

    while (count < MANY &&
           pthread_create(&thread, NULL, wait_at_the_gate, NULL) == 0)
        count++;
    return (used_kib() - before) / count;
}

// What a process has for itself alone, and the tables of its pages.
static double process_kib(void)
{
    char file[64];
    int ends[2];
    double sum = 0;
    char byte;

    for (int i = 0; i < SOME; i++) {
        MUST(pipe(ends));
        pid_t child = MUST(fork());
        if (child == 0) {
            MUST(write(ends[1], "!", 1));
            for (;;)
                pause();
        }
        MUST(read(ends[0], &byte, 1));
        snprintf(file, sizeof file, "/proc/%d/smaps_rollup", child);
        sum += sum_kib(file, "Private_Dirty:", "Private_Clean:");
        snprintf(file, sizeof file, "/proc/%d/status", child);
        sum += sum_kib(file, "VmPTE:", "VmPTE:");
        MUST(kill(child, SIGKILL));
        MUST(waitpid(child, NULL, 0));
        MUST(close(ends[0]));
        MUST(close(ends[1]));
    }
    return sum / SOME;
}

static double memory(int way)
{
    MUST(pthread_mutex_trylock(&gate));
    return way == PROCESS  ? process_kib()
           : way == THREAD ? threads_kib()
                           : coroutines_kib(way == FAST);
}

// In a process of its own, which begins with nothing.
static void measure_memory(int way, int round)
{
    int ends[2];

    MUST(pipe(ends));
    if (MUST(fork()) == 0) {
        double value = memory(way);
        MUST(write(ends[1], &value, sizeof value));
        _exit(0);
    }
    MUST(read(ends[0], &kib[way][round], sizeof(double)));
    MUST(wait(NULL));
    MUST(close(ends[0]));
    MUST(close(ends[1]));
    printf("memory,%d,%.3f\n", way, kib[way][round]);
}

// ---- All of it --------------------------------------------------------------

static double median(const double *sample)
{
    struct stats stats = {0};

    stats_of(sample, (size_t)rounds, &stats);
    return stats.median;
}

static void say_facts(void)
{
    double bare = median(ns[BARE]), quick = median(ns[FAST]);

    fact("bare_ps", (long long)(1000 * bare));
    fact("fast_ps", (long long)(1000 * quick));
    fact("fast_ns", (long long)(quick + 0.5));
    fact("swapcontext_ns", (long long)(median(ns[PORTABLE]) + 0.5));
    fact("thread_ns", (long long)(median(ns[THREAD]) + 0.5));
    fact("process_ns", (long long)(median(ns[PROCESS]) + 0.5));
    fact("fast_to_bare_x100", (long long)(100 * quick / bare));
    fact("swapcontext_to_fast", (long long)(median(ns[PORTABLE]) / quick));
    fact("thread_to_fast", (long long)(median(ns[THREAD]) / quick));
    fact("coroutine_kib_x100", (long long)(100 * median(kib[FAST])));
    fact("thread_kib_x100", (long long)(100 * median(kib[THREAD])));
    fact("process_kib", (long long)(median(kib[PROCESS]) + 0.5));
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "quick") == 0) {
        rounds = 9;
        times = 20000;
    }
    setvbuf(stdout, NULL, _IOFBF, 1 << 20); // children inherit no line
    puts("series,x,cost");
    fflush(stdout);
    prepare();
    for (int round = 0; round < rounds; round++) {
        for (int way = BARE; way <= WAYS; way++)
            measure_time(way, round);
        for (int way = FAST; way <= WAYS; way++)
            measure_memory(way, round);
    }
    say_facts();
    MUST(close(to_process[1]));
    MUST(wait(NULL));
    return 0;
}
