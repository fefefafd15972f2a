// ways.h - five ways of handing the turn to another one, and getting it back
//
// Interface: enum way_number, struct way, ways.
// Threads: one. Ownership: whatever is prepared stays until the program ends.
#ifndef TELAR_LESSON_WAYS_H
#define TELAR_LESSON_WAYS_H

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/coro_switch.h"
#include "runtime/must.h"

// ---- 1: the bare switch, in assembly ----------------------------------------

static void *ways_here, *ways_there;

static inline void ways_bare_back(void)
{
    for (;;)
        coro_switch(&ways_there, ways_here);
}

static inline void ways_prepare_bare(void)
{
    enum { BYTES = 16 * 1024 };

    ways_there = coro_switch_prepare(MUST(malloc(BYTES)), BYTES, //
                                     ways_bare_back);
}

static inline void ways_go_bare(int rounds)
{
    for (int i = 0; i < rounds; i++)
        coro_switch(&ways_here, ways_there); // [bare]
}

// ---- 2 and 3: a coroutine, with that switch and with swapcontext ------------

static struct coro *ways_fast, *ways_portable;

static inline void ways_coro_back(void *unused)
{
    (void)unused;
    for (;;)
        coro_yield();
}

static inline void ways_prepare_fast(void)
{
    coro_fast = true;
    ways_fast = MUST(coro_create(ways_coro_back, NULL, 0));
}

static inline void ways_go_fast(int rounds)
{
    for (int i = 0; i < rounds; i++)
        coro_resume(ways_fast); // [resume]
}

static inline void ways_prepare_portable(void)
{
    coro_fast = false;
    ways_portable = MUST(coro_create(ways_coro_back, NULL, 0));
}

static inline void ways_go_portable(int rounds)
{
    for (int i = 0; i < rounds; i++)
        coro_resume(ways_portable);
}

// ---- 4 and 5: a thread and a process, each behind two pipes -----------------

static int ways_to_thread[2], ways_from_thread[2];
static int ways_to_process[2], ways_from_process[2];

static inline void ways_echo(int in, int out)
{
    char byte;

    while (read(in, &byte, 1) == 1)
        MUST(write(out, &byte, 1));
}

static inline void *ways_thread(void *unused)
{
    ways_echo(ways_to_thread[0], ways_from_thread[1]);
    return unused;
}

static inline void ways_prepare_thread(void)
{
    pthread_t thread;

    MUST(pipe(ways_to_thread));
    MUST(pipe(ways_from_thread));
    MUST(pthread_create(&thread, NULL, ways_thread, NULL));
}

static inline void ways_prepare_process(void)
{
    MUST(pipe(ways_to_process));
    MUST(pipe(ways_from_process));
    if (MUST(fork()) > 0)
        return;
    MUST(close(ways_to_process[1])); // so that there is an end of file
    ways_echo(ways_to_process[0], ways_from_process[1]);
    _exit(0);
}

static inline void ways_ping(int out, int in, int rounds)
{
    char byte = 0;

    for (int i = 0; i < rounds; i++) {
        MUST(write(out, &byte, 1)); // [ping]
        MUST(read(in, &byte, 1));
    }
}

static inline void ways_go_thread(int rounds)
{
    ways_ping(ways_to_thread[1], ways_from_thread[0], rounds);
}

static inline void ways_go_process(int rounds)
{
    ways_ping(ways_to_process[1], ways_from_process[0], rounds);
}

// ---- All of them ------------------------------------------------------------

enum way_number {
    WAY_BARE = 1, // as the chart numbers them
    WAY_FAST,
    WAY_PORTABLE,
    WAY_THREAD,
    WAY_PROCESS
};

static const struct way {
    const char *name; // of its facts
    void (*prepare)(void);
    void (*go)(int rounds); // there and back: two switches a round
} ways[] = {
    [WAY_BARE] = {"bare", ways_prepare_bare, ways_go_bare},
    [WAY_FAST] = {"fast", ways_prepare_fast, ways_go_fast},
    [WAY_PORTABLE] = {"swapcontext", ways_prepare_portable, ways_go_portable},
    [WAY_THREAD] = {"thread", ways_prepare_thread, ways_go_thread},
    [WAY_PROCESS] = {"process", ways_prepare_process, ways_go_process},
};

#endif
