// worker.c - calls the student's lock, alone and with threads
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include "tools/grader/worker.h"

#include "gil.h"

enum {
    THREADS = 16,
    WORK_US = 50 * 1000,
    USUAL_US = 5000,
    MINUTE_US = 60 * 1000000,
    INTERVAL_US = 300 * 1000, // where it is measured
    PART_US = 200 * 1000,     // of it that goes by before a turn begins
    PATIENCE_US = 2000 * 1000,
};

static struct gil gil;

static long clock_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

// CPU time that the calling thread has used so far.
static long cpu_us(void)
{
    return clock_us(CLOCK_THREAD_CPUTIME_ID);
}

static void work(void)
{
    for (long start = cpu_us(); cpu_us() - start < WORK_US;)
        ;
}

// ---- A thread that waits ----------------------------------------------------

static atomic_int others;
static long waiter_us;

static void *wait_once(void *unused)
{
    long before = cpu_us();

    gil_take(&gil);
    waiter_us = cpu_us() - before;
    others++;
    gil_release(&gil);
    return unused;
}

// ---- One thread -------------------------------------------------------------

// Takes it and releases it; then has it while another one wants it: how many of
// those have got it.
static void call_gil_take(struct call *call)
{
    long long times = take_int(call);
    pthread_t waiter;

    others = 0;
    gil_init(&gil, USUAL_US);
    for (long long i = 0; i < times; i++) {
        gil_take(&gil);
        gil_release(&gil);
    }
    gil_take(&gil);
    pthread_create(&waiter, NULL, wait_once, NULL);
    work();
    give_int(call, others);
    gil_release(&gil);
    pthread_join(waiter, NULL);
    give_int(call, others);
}

// ---- Threads that calculate -------------------------------------------------

static long total; // guarded by gil
static long long additions;

static void *add(void *unused)
{
    gil_take(&gil);
    for (long long i = 0; i < additions; i++) {
        long seen = total;
        if (i % 16 == 0)
            sched_yield(); // who has no lock is found out here
        total = seen + 1;
        gil_check(&gil);
    }
    gil_release(&gil);
    return unused;
}

static void call_gil_release(struct call *call)
{
    int count = (int)take_int(call);
    pthread_t threads[THREADS];

    additions = take_int(call);
    total = 0;
    gil_init(&gil, USUAL_US);
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, add, NULL);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    give_int(call, total);
}

// ---- A thread that reads ----------------------------------------------------

static int ends[2];

static void *read_data(void *unused)
{
    char byte;

    gil_take(&gil);
    gil_release(&gil);
    if (read(ends[0], &byte, 1) == 1) {
        gil_take(&gil);
        total++;
        others++;
        gil_release(&gil);
    }
    return unused;
}

// Readers wait for data, and this thread, which brings it, needs the lock. A
// reader that has its data must not go on before the lock is released.
static void call_reading(struct call *call)
{
    int count = (int)take_int(call);
    pthread_t threads[THREADS];

    total = 0;
    others = 0;
    gil_init(&gil, USUAL_US);
    if (pipe(ends) != 0)
        return;
    for (int i = 0; i < count; i++)
        pthread_create(&threads[i], NULL, read_data, NULL);
    gil_take(&gil);
    for (int i = 0; i < count; i++)
        total -= write(ends[1], "!", 1) != 1;
    work();
    int early = others;
    gil_release(&gil);
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    close(ends[0]);
    close(ends[1]);
    give_int(call, total);
    give_int(call, early);
}

// Alone; then while another one waits, who has a minute before it may ask.
static void call_gil_check(struct call *call)
{
    long long times = take_int(call);
    pthread_t waiter;

    others = 0;
    gil_init(&gil, MINUTE_US);
    gil_take(&gil);
    for (long long i = 0; i < times; i++)
        gil_check(&gil);
    pthread_create(&waiter, NULL, wait_once, NULL);
    work();
    for (long long i = 0; i < times; i++)
        gil_check(&gil);
    give_int(call, others);
    gil_release(&gil);
    pthread_join(waiter, NULL);
    give_int(call, others);
}

static void call_waiting(struct call *call)
{
    pthread_t waiter;

    others = 0;
    gil_init(&gil, USUAL_US);
    gil_take(&gil);
    pthread_create(&waiter, NULL, wait_once, NULL);
    work();
    give_int(call, others);
    gil_release(&gil);
    pthread_join(waiter, NULL);
    give_int(call, others);
    give_int(call, waiter_us);
    give_int(call, WORK_US);
}

static void call_asking(struct call *call)
{
    pthread_t waiter;

    others = 0;
    gil_init(&gil, MINUTE_US);
    gil_take(&gil);
    pthread_create(&waiter, NULL, wait_once, NULL);
    work();
    give_int(call, others);
    bool asked = gil.is_asked_for;
    gil_release(&gil);
    pthread_join(waiter, NULL);
    give_int(call, others);
    give_int(call, asked);
}

// ---- How long a turn lasts --------------------------------------------------

static atomic_int come;
static atomic_long released_us, asked_us;

static void nap(void)
{
    nanosleep(&(struct timespec){0, 1000000}, NULL);
}

// The clock of now, as soon as somebody asks; 0: nobody does.
static long when_asked(void)
{
    long begin = clock_us(CLOCK_MONOTONIC);

    while (!gil.is_asked_for) {
        if (clock_us(CLOCK_MONOTONIC) - begin > PATIENCE_US)
            return 0;
        nap();
    }
    return clock_us(CLOCK_MONOTONIC);
}

// Two of them wait from the beginning; the first that has it is asked by the
// other one.
static void *calculate(void *unused)
{
    come++;
    gil_take(&gil);
    if (asked_us == 0)
        asked_us = when_asked();
    gil_release(&gil);
    return unused;
}

// How many microseconds its turn had lasted when it was asked; -1: it was not.
static void call_turn(struct call *call)
{
    static const struct timespec part = {0, PART_US * 1000L};
    pthread_t threads[2];

    come = 0;
    asked_us = 0;
    gil_init(&gil, INTERVAL_US);
    gil_take(&gil);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, calculate, NULL);
    while (come < 2)
        nap();
    nanosleep(&part, NULL);
    released_us = clock_us(CLOCK_MONOTONIC);
    gil_release(&gil);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    give_int(call, asked_us ? asked_us - released_us : -1);
    give_int(call, INTERVAL_US);
}

const struct operation worker_operations[] = {
    {"gil_take", call_gil_take}, {"gil_release", call_gil_release},
    {"reading", call_reading},   {"gil_check", call_gil_check},
    {"waiting", call_waiting},   {"asking", call_asking},
    {"turn", call_turn},         {0},
};
