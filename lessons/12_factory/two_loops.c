// two_loops.c - two processes in while (1), and one core for both of them
// Run:    make run-two_loops        (or: two_loops nice)
// Expect: half of the core each; with "nice" nearly all of it for the first
// Why:    a timer interrupts whoever runs, and the scheduler says who goes on
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/fact.h"
#include "runtime/must.h"

enum { ENOUGH_MS = 400, PATIENCE_MS = 8000 };

static long ms_of(clockid_t clock)
{
    struct timespec time;

    MUST(clock_gettime(clock, &time));
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// This process and its children may use one core and no other.
static void stay_on_one_core(void)
{
    cpu_set_t may, one;
    int core = 0;

    MUST(sched_getaffinity(0, sizeof may, &may));
    while (!CPU_ISSET(core, &may))
        core++;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    MUST(sched_setaffinity(0, sizeof one, &one));
}

static pid_t begin_loop(int niceness)
{
    pid_t child = MUST(fork());

    if (child == 0) {
        setpriority(PRIO_PROCESS, 0, niceness);
        while (1) // [loop]
            ;
    }
    return child;
}

// How often was it interrupted, up to its end?
static long end_loop(pid_t child)
{
    struct rusage used;
    int status;

    MUST(kill(child, SIGKILL));
    MUST(wait4(child, &status, 0, &used));
    return used.ru_nivcsw;
}

int main(int count, char **arguments)
{
    bool is_nice = count > 1 && strcmp(arguments[1], "nice") == 0;
    long begin = ms_of(CLOCK_MONOTONIC), first_ms, second_ms;
    clockid_t first_clock, second_clock;

    stay_on_one_core();
    pid_t first = begin_loop(0), second = begin_loop(is_nice ? 19 : 0);
    MUST(clock_getcpuclockid(first, &first_clock));
    MUST(clock_getcpuclockid(second, &second_clock));
    do { // [until]
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        first_ms = ms_of(first_clock);
        second_ms = ms_of(second_clock);
    } while (first_ms + second_ms < ENOUGH_MS &&
             ms_of(CLOCK_MONOTONIC) - begin < PATIENCE_MS);

    printf("the first ran for %ld ms, the second for %ld\n", first_ms,
           second_ms);
    fact("first_ms", first_ms);
    fact("second_ms", second_ms);
    fact("second_percent", 100 * second_ms / (first_ms + second_ms));
    fact("first_interrupted", end_loop(first));
    fact("second_interrupted", end_loop(second));
    return 0;
}
