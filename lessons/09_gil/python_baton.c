// python_baton.c - two threads of this machine's Python calculate for 0.6 s
// Run:    make run-python_baton   (says so if there is no python3)
// Look:   ./telar run build/lessons/09_gil/python_baton
// Expect: one core in use, on average; nearly two in a Python without its lock
// Why:    CPython's lock lets one of them run, and changes hands every 5 ms
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/fact.h"
#include "runtime/must.h"

static const char script[] =
    "import threading, time\n"
    "begin = time.perf_counter()\n"
    "def spin():\n"
    "    while time.perf_counter() < begin + 0.6: pass\n"
    "used = time.process_time()\n"
    "all = [threading.Thread(target=spin) for _ in range(2)]\n"
    "for thread in all: thread.start()\n"
    "for thread in all: thread.join()\n"
    "used = time.process_time() - used\n"
    "print(int(100 * used / (time.perf_counter() - begin)))\n";

// The system's is preferred to that of a version manager, which is a script that
// starts many programs.
static const char command[] =
    "PATH=/usr/bin:$PATH; exec python3 -c \"$SCRIPT\" 2>/dev/null";

int main(void)
{
    int cores_x100 = 0;

    MUST(setenv("SCRIPT", script, 1));
    FILE *python = MUST(popen(command, "r"));
    bool is_there = fscanf(python, "%d", &cores_x100) == 1;
    pclose(python);

    if (is_there)
        printf("two threads, on %.2f cores on average\n", cores_x100 / 100.0);
    else
        puts("there is no python3 here that could be recorded");
    fact("python", is_there);
    fact("python_cores_x100", cores_x100);
    return 0;
}
