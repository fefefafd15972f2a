// waiting.h - what one who waits has in memory of its own
//
// Counted: the pages that are there (a stack has those that were touched), and
// the tables that say where they are. Not counted: what the kernel keeps of a
// thread or a process; no program can read that.
//
// Interface: struct waiting, waiting_many, waiting_coroutine, waiting_thread,
// waiting_process_kib.
// Threads: one, and those that wait. Ownership: they stay until the program
// ends.
#ifndef TELAR_LESSON_WAITING_H
#define TELAR_LESSON_WAITING_H

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/must.h"

struct waiting {
    long count;
    double kib_each;
};

// The sum of the numbers behind this word in a file of /proc, in KiB.
static inline double waiting_sum(const char *file, const char *word)
{
    FILE *from = MUST(fopen(file, "r"));
    char line[256];
    double sum = 0;

    while (fgets(line, sizeof line, from))
        if (strncmp(line, word, strlen(word)) == 0)
            sum += strtod(line + strlen(word), NULL);
    MUST(fclose(from));
    return sum;
}

static inline double waiting_kib(void)
{
    return waiting_sum("/proc/self/smaps_rollup", "Rss:") +
           waiting_sum("/proc/self/status", "VmPTE:");
}

// So many of them, or as many as there is room for. The first one, with what
// only the first one costs, is not counted.
static inline struct waiting waiting_many(bool (*add)(void), long wanted)
{
    struct waiting waiting = {0, 0};
    double before;

    add();
    waiting_kib(); // looking for the first time costs, too
    before = waiting_kib();
    while (waiting.count < wanted && add()) // [many]
        waiting.count++;
    if (waiting.count > 0)
        waiting.kib_each = (waiting_kib() - before) / (double)waiting.count;
    return waiting;
}

static inline void waiting_yields(void *unused)
{
    (void)unused;
    coro_yield();
}

static inline bool waiting_coroutine(void)
{
    struct coro *coro = coro_create(waiting_yields, NULL, 0); // [coroutine]

    if (coro)
        coro_resume(coro);
    return coro;
}

static sem_t waiting_gate, waiting_arrived; // the gate never opens

static inline void *waiting_at_the_gate(void *unused)
{
    MUST(sem_post(&waiting_arrived));
    while (sem_wait(&waiting_gate) < 0)
        ; // a signal came: wait again
    return unused;
}

static inline bool waiting_thread(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, waiting_at_the_gate, NULL) != 0)
        return false;
    MUST(sem_wait(&waiting_arrived));
    return true;
}

// What a process that waits has for itself alone.
static inline double waiting_process_kib(void)
{
    char file[64], byte;
    double kib;
    int ends[2];

    MUST(pipe(ends));
    pid_t child = MUST(fork());
    if (child == 0) {
        MUST(write(ends[1], "!", 1));
        for (;;)
            pause();
    }
    MUST(read(ends[0], &byte, 1));
    snprintf(file, sizeof file, "/proc/%d/smaps_rollup", child);
    kib = waiting_sum(file, "Private_Dirty:") +
          waiting_sum(file, "Private_Clean:");
    snprintf(file, sizeof file, "/proc/%d/status", child);
    kib += waiting_sum(file, "VmPTE:");
    MUST(kill(child, SIGKILL));
    MUST(waitpid(child, NULL, 0));
    MUST(close(ends[0]));
    MUST(close(ends[1]));
    return kib;
}

#endif
