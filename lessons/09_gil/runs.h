// runs.h - tasks of the interpreter in sequence, as threads and as processes
//
// Interface: counting, now_ms, cpu_ms, rounds_for_ms, run_in_sequence,
// run_as_threads, run_as_processes, cores_allowed, median_of.
// Threads: call them from one. Ownership: tasks are the caller's.
#ifndef TELAR_LESSON_RUNS_H
#define TELAR_LESSON_RUNS_H

#include <sched.h>
#include <sys/wait.h>

#include "lessons/09_gil/interpreter.h"
#include "runtime/stats.h"

enum { TASKS = 8 }; // at most

// for _ in range(rounds): x += 1
static const struct instruction counting[] = {
    {LOAD, 0}, {PUSH, 1}, {ADD, 0}, {STORE, 0}, {REPEAT, 0}, {END, 0},
};

static inline double clock_ms(clockid_t clock)
{
    struct timespec now;

    MUST(clock_gettime(clock, &now));
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static inline double now_ms(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

// That all threads of this process have used so far.
static inline double cpu_ms(void)
{
    return clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

static inline int cores_allowed(void)
{
    cpu_set_t cores;

    MUST(sched_getaffinity(0, sizeof cores, &cores));
    return CPU_COUNT(&cores);
}

// Runs a copy of it, with a variable of its own unless it has some already. The
// copy is on this thread's stack: what two cores write at the same time must not
// lie in the same 64 bytes, or each write waits for the other core.
static inline void *run_task(void *task)
{
    struct task copy = *(const struct task *)task;
    long x = 0;

    if (!copy.variables)
        copy.variables = &x;
    interpret(&copy);
    return NULL;
}

// How many rounds of `counting` take about this long, alone on a core.
static inline long rounds_for_ms(double ms)
{
    struct task task = {.program = counting};
    double used;

    for (long rounds = 10000;; rounds *= 2) {
        task.rounds = rounds;
        used = cpu_ms();
        run_task(&task);
        used = cpu_ms() - used;
        if (used > 5)
            return (long)((double)rounds * ms / used);
    }
}

// Each of these returns the ms that went by.
static inline double run_in_sequence(struct task *tasks, int count)
{
    double begin = now_ms();

    for (int i = 0; i < count; i++)
        run_task(&tasks[i]);
    return now_ms() - begin;
}

static inline double run_as_threads(struct task *tasks, int count)
{
    pthread_t threads[TASKS];
    double begin = now_ms();

    for (int i = 0; i < count; i++)
        MUST(pthread_create(&threads[i], NULL, run_task, &tasks[i]));
    for (int i = 0; i < count; i++)
        MUST(pthread_join(threads[i], NULL));
    return now_ms() - begin;
}

// fork() copies all of the memory, the lock too: each process has its own.
static inline double run_as_processes(struct task *tasks, int count)
{
    double begin = now_ms();

    fflush(stdout);
    for (int i = 0; i < count; i++) // [processes]
        if (MUST(fork()) == 0) {
            run_task(&tasks[i]);
            _exit(0);
        }
    for (int i = 0; i < count; i++)
        MUST(wait(NULL));
    return now_ms() - begin;
}

static inline double median_of(const double *sample, int count)
{
    struct stats stats = {0};

    stats_of(sample, (size_t)count, &stats);
    return stats.median;
}

#endif
