// switch_cost.c - what going over to another one costs: time, calls, memory
// Run:    make run-switch_cost   (about 10 s; "switch_cost quick": 1 s)
// Expect: CSV: ns a switch, system calls a switch and KiB of one who waits, for
//         the five ways of ways.h
// Why:    a switch is a few instructions; a system call is dearer, and waking
//         somebody who sleeps dearer still
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lessons/11_coroutines/calls.h"
#include "lessons/11_coroutines/waiting.h"
#include "lessons/11_coroutines/ways.h"
#include "runtime/fact.h"
#include "runtime/stats.h"

enum { ROUNDS = 25, COROUTINES = 10000, THREADS = 1000 };

static double ns[WAY_PROCESS + 1][ROUNDS];
static int rounds = ROUNDS, times = 100000;

static void say_calls(int way)
{
    long calls = calls_x100(ways[way].prepare, ways[way].go);
    char name[40];

    printf("calls,%d,%.1f\n", way, calls < 0 ? -1 : (double)calls / 100);
    snprintf(name, sizeof name, "%s_calls_x100", ways[way].name);
    fact(name, calls);
}

static double now_ns(void)
{
    struct timespec now;

    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static void measure_time(int way, int round)
{
    int count = way <= WAY_FAST ? times : times / 50;
    double begin = now_ns();

    ways[way].go(count);
    ns[way][round] = (now_ns() - begin) / count / 2; // two switches
    printf("time,%d,%.3f\n", way, ns[way][round]);
}

static double memory_kib(int way)
{
    coro_fast = way == WAY_FAST;
    if (way == WAY_PROCESS)
        return waiting_process_kib();
    if (way == WAY_THREAD)
        return waiting_many(waiting_thread, THREADS).kib_each;
    return waiting_many(waiting_coroutine, COROUTINES).kib_each;
}

// In a process of its own, which begins with nothing.
static void measure_memory(int way)
{
    double kib = 0; // should the process fail
    int ends[2];

    MUST(pipe(ends));
    if (MUST(fork()) == 0) {
        kib = memory_kib(way);
        MUST(write(ends[1], &kib, sizeof kib));
        _exit(0);
    }
    MUST(read(ends[0], &kib, sizeof kib));
    MUST(wait(NULL));
    MUST(close(ends[0]));
    MUST(close(ends[1]));
    printf("memory,%d,%.3f\n", way, kib);
}

static double median(int way)
{
    struct stats stats = {0};

    stats_of(ns[way], (size_t)rounds, &stats);
    return stats.median;
}

static void say_facts(void)
{
    char name[40];

    for (int way = WAY_BARE; way <= WAY_PROCESS; way++) {
        snprintf(name, sizeof name, "%s_ns", ways[way].name);
        fact(name, (long long)(median(way) + 0.5));
    }
    fact("thread_to_fast", (long long)(median(WAY_THREAD) / median(WAY_FAST)));
}

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "quick") == 0) {
        rounds = 9;
        times = 20000;
    }
    setvbuf(stdout, NULL, _IOFBF, 1 << 20);
    puts("series,x,cost");
    fflush(stdout); // children inherit no line
    for (int way = WAY_BARE; way <= WAY_PROCESS; way++)
        say_calls(way);
    for (int way = WAY_PROCESS; way >= WAY_BARE; way--)
        ways[way].prepare();
    for (int round = 0; round < rounds; round++) {
        for (int way = WAY_BARE; way <= WAY_PROCESS; way++)
            measure_time(way, round);
        for (int way = WAY_FAST; way <= WAY_PROCESS && round % 4 == 0; way++)
            measure_memory(way); // hardly changes
    }
    say_facts();
    MUST(close(ways_to_process[1]));
    MUST(wait(NULL));
    return 0;
}
