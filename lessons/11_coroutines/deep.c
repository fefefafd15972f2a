// deep.c - a coroutine goes deeper than its stack
// Run:    make run-deep
// Expect: killed by SIGABRT, with the name of the mistake on standard error
// Why:    below the stack lies a page that nobody may touch; without it the
//         variables of another coroutine would lie there
#include <stdio.h>

#include "runtime/coro.h"
#include "runtime/fact.h"
#include "runtime/must.h"

enum { STACK_BYTES = 60 * 1024 };

static volatile int bottom = 1000000; // calls, one inside the other

static int go_down(int depth) // [down]
{
    volatile char frame[200] = {0};

    return depth == bottom ? frame[0] : go_down(depth + 1) + frame[0];
}

static void dive(void *unused)
{
    (void)unused;
    printf("back from the bottom: %d\n", go_down(0));
}

int main(void)
{
    struct coro *diver = MUST(coro_create(dive, NULL, STACK_BYTES));

    fact("stack_kib", (long long)diver->stack.bytes / 1024);
    coro_resume(diver);
    coro_destroy(diver);
    return 0;
}
