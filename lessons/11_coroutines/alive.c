// alive.c - how many coroutines and how many threads can be alive at once
// Run:    make run-alive   (build/lessons/11_coroutines/alive 1000000)
// Expect: 100,000 coroutines of 4 KiB each, and a thousand threads
// Why:    both cost the pages of a stack that were touched; a thread also has
//         a place in the kernel
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { COROUTINES = 100000, THREADS = 1000, THREAD_STACK = 64 * 1024 };

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER; // main holds it

// The number behind this word in a file of /proc.
static long number(const char *file, const char *word)
{
    FILE *from = MUST(fopen(file, "r"));
    char line[256];
    long found = 0;

    while (fgets(line, sizeof line, from))
        if (strncmp(line, word, strlen(word)) == 0)
            found = strtol(line + strlen(word), NULL, 10);
    MUST(fclose(from));
    return found;
}

static long used_kib(void) // with the pages that say where pages are
{
    return number("/proc/self/status", "VmRSS:") +
           number("/proc/self/status", "VmPTE:");
}

static void stay(void *unused)
{
    (void)unused;
    coro_yield();
}

static long make_coroutines(long wanted)
{
    struct coro *coro;
    long alive = 0;

    while (alive < wanted && (coro = coro_create(stay, NULL, 0))) { // [coros]
        coro_resume(coro);
        alive++;
    }
    return alive;
}

static void *wait_at_the_gate(void *unused)
{
    MUST(pthread_mutex_lock(&gate));
    MUST(pthread_mutex_unlock(&gate));
    return unused;
}

static long make_threads(long wanted)
{
    pthread_attr_t small;
    pthread_t thread;
    long alive = 0;

    MUST(pthread_attr_init(&small));
    MUST(pthread_attr_setstacksize(&small, THREAD_STACK));
    while (alive < wanted && // [threads]
           pthread_create(&thread, &small, wait_at_the_gate, NULL) == 0)
        alive++;
    return alive;
}

static long say(const char *what, long alive, long kib)
{
    char name[40];

    printf("%7ld %s, %.1f KiB each\n", alive, what,
           (double)kib / (double)alive);
    fact(what, alive);
    snprintf(name, sizeof name, "%s_bytes_each", what);
    fact(name, kib * 1024 / alive);
    return kib * 1024 / alive;
}

int main(int count, char **arguments)
{
    long wanted = count > 1 ? atol(arguments[1]) : COROUTINES;
    long room = number("/proc/meminfo", "MemAvailable:") / 4 / 2;

    coro_fast = true;
    MUST(pthread_mutex_lock(&gate));
    long before = used_kib();
    long threads = make_threads(THREADS);
    long of_thread = say("threads", threads, used_kib() - before);
    before = used_kib();
    long coroutines = make_coroutines(wanted < room ? wanted : room);
    long of_coroutine = say("coroutines", coroutines, used_kib() - before);
    fact("thread_to_coroutine_x100", 100 * of_thread / of_coroutine);
    return 0; // and all of them are gone
}
