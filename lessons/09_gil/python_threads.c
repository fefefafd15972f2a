// python_threads.c - the same experiments in the Python of this machine
// Run:    make run-python_threads   (says so if there is no python3)
// Expect: threads that calculate gain nothing, those that wait do
// Why:    CPython has one lock for its interpreter, with an interval of 5 ms
//         (but for the builds without it that exist since 3.13)
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static const char script[] =
    "import sys, threading, time\n"
    "def timed(work):\n"
    "    begin = time.perf_counter()\n"
    "    work()\n"
    "    return time.perf_counter() - begin\n"
    "def threads(call, count):\n"
    "    all = [threading.Thread(target=call) for _ in range(count)]\n"
    "    for thread in all: thread.start()\n"
    "    for thread in all: thread.join()\n"
    "def calculate():\n"
    "    x = 0\n"
    "    for _ in range(1_500_000): x += 1\n"
    "def wait():\n"
    "    time.sleep(0.1)\n"
    "def gain(call, count):\n"
    "    alone = timed(lambda: [call() for _ in range(count)])\n"
    "    return alone / timed(lambda: threads(call, count))\n"
    "def median(call, count, rounds):\n"
    "    return sorted(gain(call, count) for _ in range(rounds))[rounds // 2]\n"
    "def one(): return 1\n"
    "def add():\n"
    "    global total\n"
    "    for _ in range(300_000): total += 1\n"
    "def add_one():\n"
    "    global total\n"
    "    for _ in range(300_000):\n" // [add]
    "        total += one()\n"
    "def lost(call):\n"
    "    global total\n"
    "    total = 0\n"
    "    threads(call, 2)\n"
    "    return 600_000 - total\n"
    "cpu, wait = median(calculate, 2, 7), median(wait, 3, 1)\n"
    "sys.setswitchinterval(1e-5)\n"
    "lost = lost(add), lost(add_one)\n"
    "gil = getattr(sys, '_is_gil_enabled', lambda: True)()\n"
    "version = sys.version_info\n"
    "print(version.major, version.minor, int(gil), int(100 * cpu),\n"
    "      int(100 * wait), *lost)\n";

// The system's is preferred to that of a version manager, which is a script that
// starts many programs.
static const char command[] =
    "PATH=/usr/bin:$PATH; exec python3 -c \"$SCRIPT\" 2>/dev/null";

struct measured {
    int major, minor, gil;
    int cpu_x100, wait_x100; // as fast as in sequence
    int lost, lost_calling;  // additions
};

static void print(const struct measured *python)
{
    printf("Python %d.%d, %s lock\n", python->major, python->minor,
           python->gil ? "with its" : "no");
    printf("2 threads that calculate:  %5.2f times as fast\n",
           python->cpu_x100 / 100.0);
    printf("3 threads that wait:       %5.2f times as fast\n",
           python->wait_x100 / 100.0);
    printf("total += 1 loses          %6d of 600000\n", python->lost);
    printf("total += one() loses      %6d of 600000\n", python->lost_calling);
}

static bool read_from(FILE *pipe, struct measured *python)
{
    return fscanf(pipe, "%d %d %d %d %d %d %d", &python->major, &python->minor,
                  &python->gil, &python->cpu_x100, &python->wait_x100,
                  &python->lost, &python->lost_calling) == 7;
}

// Without a Python all facts are 0.
int main(void)
{
    struct measured python = {0};

    MUST(setenv("SCRIPT", script, 1));
    FILE *pipe = MUST(popen(command, "r"));
    bool is_there = read_from(pipe, &python);
    pclose(pipe);

    if (is_there)
        print(&python);
    else
        puts("there is no python3 here that could be measured");
    fact("python", is_there);
    fact("python_gil", python.gil);
    fact("python_cpu_x100", python.cpu_x100);
    fact("python_wait_x100", python.wait_x100);
    fact("python_lost", python.lost);
    fact("python_lost_calling", python.lost_calling);
    return 0;
}
