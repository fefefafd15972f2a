// calls.h - the system calls of a switch, counted from outside
//
// Interface: calls_x100.
// Threads: one, with no other children. Blocks until all is counted.
#ifndef TELAR_LESSON_CALLS_H
#define TELAR_LESSON_CALLS_H

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/must.h"

enum {
    CALLS_ROUNDS = 100, // there and back: two switches each
    CALLS_STOP = SIGTRAP | 0x80,
    CALLS_OF_ALL = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
                   PTRACE_O_TRACEFORK | PTRACE_O_EXITKILL
};

static inline void calls_child(void (*prepare)(void), void (*go)(int rounds),
                               int rounds)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
        _exit(1);
    raise(SIGSTOP);
    prepare();
    go(rounds);
    _exit(0);
}

// Whoever makes a call stops twice, as it begins and as it ends, and we hear of
// it: of the child, and of the threads and processes that it makes.
static inline long calls_stops(void (*prepare)(void), void (*go)(int rounds),
                               int rounds)
{
    pid_t who = MUST(fork());
    long stops = 0;
    int status;

    if (who == 0)
        calls_child(prepare, go, rounds);
    MUST(waitpid(who, &status, 0));
    if (!WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, who, NULL, CALLS_OF_ALL) < 0)
        return -1;
    do {
        int why = WIFSTOPPED(status) ? WSTOPSIG(status) : 0;
        int is_ours = why == CALLS_STOP || why == SIGTRAP || why == SIGSTOP;
        stops += why == CALLS_STOP;
        ptrace(PTRACE_SYSCALL, who, NULL, is_ours ? 0 : why); // [trace]
    } while ((who = waitpid(-1, &status, __WALL)) > 0);
    return stops;
}

// Of one switch, times 100: go(n) switches 2 n times, after prepare(). -1 where
// no process may be traced.
static inline long calls_x100(void (*prepare)(void), void (*go)(int rounds))
{
    long without = calls_stops(prepare, go, 0), calls;

    if (without < 0)
        return -1;
    calls = (calls_stops(prepare, go, CALLS_ROUNDS) - without) / 2;
    return (calls * 100 + CALLS_ROUNDS) / (2 * CALLS_ROUNDS);
}

#endif
