// switch_calls.c - the system calls of a switch, counted from outside
// Run:    make run-switch_calls
// Expect: swapcontext 1 (its name is rt_sigprocmask), the fast switch 0
// Why:    POSIX wants each context to have a signal mask of its own, and that
//         is the kernel's
#include <stdio.h>

#include "lessons/11_coroutines/calls.h"
#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

static struct coro *other;

static void yield_for_ever(void *unused)
{
    (void)unused;
    for (;;)
        coro_yield();
}

static void prepare(void)
{
    other = MUST(coro_create(yield_for_ever, NULL, 0));
    coro_resume(other);
}

static void there_and_back(int rounds)
{
    for (int i = 0; i < rounds; i++) // [switches]
        coro_resume(other);
}

int main(void)
{
    coro_fast = false;
    long portable = calls_x100(prepare, there_and_back);
    coro_fast = true;
    long fast = calls_x100(prepare, there_and_back);

    if (portable >= 0 && fast >= 0)
        printf("system calls of a switch: swapcontext %.2f, fast %.2f\n",
               (double)portable / 100, (double)fast / 100);
    else // whoever keeps this box lets no process be traced
        puts("system calls cannot be counted here");
    fact("counted", portable >= 0 && fast >= 0);
    fact("swapcontext_calls_x100", portable);
    fact("fast_calls_x100", fast);
    return 0;
}
