// switch_calls.c - the system calls of a switch, counted from outside
// Run:    make run-switch_calls
// Expect: swapcontext 1 (its name is rt_sigprocmask), the fast switch 0
// Why:    POSIX wants each context to have a signal mask of its own, and that
//         is the kernel's
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { ROUNDS = 1000 };

static void yield_for_ever(void *unused)
{
    (void)unused;
    for (;;)
        coro_yield();
}

// There and back, so often: two switches each.
static void child(bool fast, int rounds)
{
    coro_fast = fast;
    struct coro *other = MUST(coro_create(yield_for_ever, NULL, 0));

    coro_resume(other);
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
        _exit(1);
    raise(SIGSTOP);
    for (int i = 0; i < rounds; i++) // [switches]
        coro_resume(other);
    _exit(0);
}

// The parent is told of each system call twice: at its begin and at its end.
static long count_stops(bool fast, int rounds)
{
    pid_t pid = MUST(fork());
    long stops = 0;
    int status;

    if (pid == 0)
        child(fast, rounds);
    for (MUST(waitpid(pid, &status, 0)); WIFSTOPPED(status); stops++) {
        MUST(ptrace(PTRACE_SYSCALL, pid, NULL, NULL)); // [trace]
        MUST(waitpid(pid, &status, 0));
    }
    return WEXITSTATUS(status) == 0 ? stops : -1;
}

// Of one switch, times 100.
static long calls_x100(bool fast)
{
    long without = count_stops(fast, 0), with = count_stops(fast, ROUNDS);

    if (without < 0 || with < 0)
        return -1; // whoever keeps this box does not let a process be traced
    return (with - without) / 2 * 100 / (2 * ROUNDS);
}

int main(void)
{
    long portable = calls_x100(false), fast = calls_x100(true);

    fact("counted", portable >= 0 && fast >= 0);
    if (portable < 0 || fast < 0) {
        puts("system calls cannot be counted here");
        fact("swapcontext_calls", -1);
        return 0;
    }
    printf("system calls of a switch: swapcontext %.2f, fast %.2f\n",
           (double)portable / 100, (double)fast / 100);
    fact("swapcontext_calls_x100", portable);
    fact("fast_calls_x100", fast);
    fact("swapcontext_calls", (portable + 50) / 100);
    return 0;
}
